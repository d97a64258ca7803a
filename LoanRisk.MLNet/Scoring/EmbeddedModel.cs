using System.Collections.Concurrent;
using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Scoring;

/// <summary>
/// An ML.NET model that scores feature rows, after it was proved to be the model it should be, from the raw columns on. A row is then
/// given to its trees as the feature vector that was proved to come of the columns: mapping texts would take as long again where there are
/// many. Safe to share between threads.
/// </summary>
public sealed class EmbeddedModel : IDisposable
{
    private readonly ConcurrentBag<ScoringLane> _lanes = [];
    private readonly Func<ScoringLane> _newLane;
    private readonly IDisposable? _model;

    private EmbeddedModel(ITransformer model, InputSchema schema, SlotModel slots)
    {
        var scorer = ((IEnumerable<ITransformer>)model).First(step => step is ISingleFeaturePredictionTransformer<object>);
        var mapper = scorer.GetRowToRowMapper(SlotRow.SchemaOf(schema));
        _newLane = () => new ScoringLane(mapper, new SlotRow(mapper.InputSchema, schema, new RawValues(schema, slots.Numbers)));
        _model = model as IDisposable;
    }

    /// <summary>Loads a zip and proves that it holds what <see cref="ZipWriter"/> writes for these trees, to the leaf.</summary>
    /// <param name="zip">The zip.</param>
    /// <param name="schema">Its input columns, those of the trees' features.</param>
    /// <param name="trees">The model that it must be.</param>
    /// <exception cref="ZipRefusedException">It is no zip of ML.NET's, or not one that is safe to load.</exception>
    /// <exception cref="ZipMismatchException">It is another model; the message names the first place that differs.</exception>
    /// <exception cref="NotExpressibleException">ML.NET cannot score these trees to the same float.</exception>
    /// <exception cref="ArgumentException">The columns are not the trees' features.</exception>
    public static EmbeddedModel Load(ReadOnlyMemory<byte> zip, InputSchema schema, TreeModel trees)
    {
        var slots = SlotModel.Of(trees, schema);
        var entries = ZipGuard.Open(zip, ZipGuard.OwnLoaders);
        CheckText(entries, trees);
        var model = Load(entries);
        ZipProof.Check(model, schema, slots);
        return new EmbeddedModel(model, schema, slots);
    }

    /// <summary>The raw score (log-odds) of a feature row: ML.NET's Score.</summary>
    /// <param name="row">Numbers, ranks, category codes (an unseen one is the number of levels), NaN for missing.</param>
    /// <exception cref="ArgumentException">A value cannot stand in its column, or the row has not one value a column.</exception>
    public float RawScore(ReadOnlySpan<double> row)
    {
        if (!_lanes.TryTake(out var lane))
        {
            lane = _newLane();
        }

        try
        {
            return lane.RawScore(row);
        }
        finally
        {
            _lanes.Add(lane);
        }
    }

    private static void CheckText(IEnumerable<ZipEntry> entries, TreeModel trees)
    {
        var text = entries.FirstOrDefault(entry => entry.Name == ZipWriter.TextEntry).Content;
        if (!text.Span.SequenceEqual(Encoding.UTF8.GetBytes(trees.ToText())))
        {
            throw new ZipMismatchException($"The zip's {ZipWriter.TextEntry} is not the model's text.");
        }
    }

    // ML.NET reads what was looked at, and nothing else that the zip may hide.
    private static ITransformer Load(IEnumerable<ZipEntry> entries)
    {
        try
        {
            var zip = StoredZip.Write(entries.Where(entry => entry.Name != ZipWriter.TextEntry));
            using var stream = new MemoryStream(zip, writable: false);
            return new MLContext(seed: 0).Model.Load(stream, out _);
        }
        catch (Exception exception)
        {
            // ML.NET's loader throws exceptions of any type at damaged files, of too little memory too where a count is huge.
            throw new ZipRefusedException($"ML.NET cannot load the zip: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_lanes.TryTake(out var lane))
        {
            lane.Dispose();
        }

        _model?.Dispose();
    }
}
