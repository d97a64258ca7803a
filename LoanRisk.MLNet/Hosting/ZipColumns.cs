using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Hosting;

/// <summary>The levels that the transformers of an ML.NET model know: the keys that each column of text is mapped to.</summary>
internal static class ZipColumns
{
    /// <summary>Levels by input column.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="input">Its input columns.</param>
    public static IReadOnlyDictionary<string, FeatureLevels> Of(ITransformer model, DataViewSchema input)
    {
        var levels = new Dictionary<string, FeatureLevels>(StringComparer.Ordinal);
        foreach (var column in model.GetOutputSchema(input))
        {
            if (column.Type is KeyDataViewType && column.HasKeyValues() && Source(column.Name, input) is { } source)
            {
                var texts = KeyValues(column);
                levels[source] = new FeatureLevels(
                    texts, column.Name.StartsWith($"{source} as rank", StringComparison.Ordinal) ? double.NaN : texts.Length);
            }
        }

        return levels;
    }

    private static string? Source(string column, DataViewSchema input) => input
        .Where(source => source.Type is TextDataViewType && column.StartsWith($"{source.Name} as ", StringComparison.Ordinal))
        .Select(source => source.Name)
        .MaxBy(name => name.Length);

    private static ImmutableArray<string> KeyValues(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.GetKeyValues(ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }
}
