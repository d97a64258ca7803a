using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Zip;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Writing;

/// <summary>
/// Writes a model as ML.NET's zip: any program with Microsoft.ML and Microsoft.ML.LightGbm loads it and gives it the raw columns (single
/// precision, text for levels), and its Score is the engine's raw score, to the bit as a float. The native LightGBM library is not used.
/// </summary>
public static class ZipWriter
{
    /// <summary>The entry with the model's exact text, which ML.NET ignores.</summary>
    public const string TextEntry = "LoanRisk/model.txt";

    /// <summary>Writes the zip: the same model, columns and probability give the same bytes, on any day and machine.</summary>
    /// <param name="trees">The model.</param>
    /// <param name="schema">The input columns; they have the names of the model's features, in their order.</param>
    /// <param name="probability">What the column Probability holds.</param>
    /// <exception cref="NotExpressibleException">
    /// ML.NET cannot score the model to the same float; the message says which feature and why.
    /// </exception>
    /// <exception cref="ArgumentException">The columns are not the model's features.</exception>
    public static byte[] Write(TreeModel trees, InputSchema schema, ZipProbability probability)
    {
        var sigmoid = OwnSigmoid.Of(trees);
        var model = SlotModel.Of(trees, schema);
        // LightGBM's options draw a seed, which is written to the zip though nothing uses it.
        var ml = new MLContext(seed: 0);
        using var zip = new MemoryStream();
        ml.Model.Save(Chain(ml, schema, SlotText.Of(model, schema.SlotCount, sigmoid), probability), RawSchema.Of(schema), zip);
        return StoredZip.Write([.. StoredZip.Entries(zip).Select(Plain), new ZipEntry(TextEntry, Encoding.UTF8.GetBytes(trees.ToText()))]);
    }

    // ML.NET writes what people may read with the line ends of the machine.
    private static ZipEntry Plain(ZipEntry entry) => entry switch
    {
        _ when PlainDataView.Is(entry.Content.Span) => entry with { Content = PlainDataView.Rewrite(entry.Content, int.MaxValue) },
        _ when entry.Name.EndsWith(".txt", StringComparison.Ordinal) => entry with
        {
            Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Content.Span).Replace("\r\n", "\n", StringComparison.Ordinal)),
        },
        _ => entry,
    };

    private static TransformerChain<ITransformer> Chain(MLContext ml, InputSchema schema, string text, ZipProbability probability)
    {
        var (transformers, data) = InputChain.Of(ml, schema);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var scorer = ml.BinaryClassification.Trainers.LightGbm(stream, "Features").Fit(data);
        return CalibratorChoice.Of(ml, probability, scorer.Transform(data)) is { } calibrator
            ? new TransformerChain<ITransformer>([.. transformers, scorer, calibrator])
            : new TransformerChain<ITransformer>([.. transformers, scorer]);
    }
}
