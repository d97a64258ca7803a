using System.Text;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using LoanRisk.Trees;
using LoanRisk.Trees.Text;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Hosting;

/// <summary>Reads LightGBM's text, or an ML.NET zip that carries the exact text.</summary>
internal static class ModelFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="TreeModelException">It is no model that can be served; the message says why.</exception>
    public static ServedModel Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            return IsZip(content.Span) ? OfZip(content) : OfText(content.Span);
        }
        catch (Exception e) when (e is ModelFormatException or ZipRefusedException)
        {
            throw new TreeModelException(e.Message, e);
        }
    }

    private static bool IsZip(ReadOnlySpan<byte> content) => content.StartsWith("PK"u8);

    private static ServedModel OfText(ReadOnlySpan<byte> text)
    {
        var trees = Parse(text);
        return new ServedModel(trees, PandasLevels.Of(trees), null);
    }

    private static TreeModel Parse(ReadOnlySpan<byte> text)
    {
        var trees = TreeModel.Parse(Encoding.UTF8.GetString(text));
        return trees.OutputCount == 1
            ? trees
            : throw new TreeModelException($"The model has {trees.OutputCount} outputs; one that is served has one.");
    }

    private static ServedModel OfZip(ReadOnlyMemory<byte> zip)
    {
        var entries = ZipGuard.Open(zip, ZipGuard.OwnLoaders);
        var text = entries.FirstOrDefault(entry => entry.Name == ZipWriter.TextEntry).Content;
        if (text.IsEmpty)
        {
            throw new TreeModelException(
                $"The zip has no {ZipWriter.TextEntry}: ML.NET wrote it, whose numbers alone do not tell where missing values go. "
                + "Import it with loanrisk models import, and serve the text or the zip that comes of it.");
        }

        try
        {
            using var guarded = new MemoryStream(StoredZip.Write(entries), writable: false);
            var model = new MLContext(seed: 0).Model.Load(guarded, out var input);
            return new ServedModel(Parse(text.Span), ZipColumns.Of(model, input), Calibrator(model));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ModelFormatException or TreeModelException))
        {
            // ML.NET's loader throws exceptions of any type at damaged files.
            throw new TreeModelException($"ML.NET cannot load the zip: {e.Message}", e);
        }
    }

    // Its own calibrator, if it has one behind the trees; theirs is the objective's.
    private static ICalibrator? Calibrator(ITransformer model) =>
        model is IEnumerable<ITransformer> chain
        && chain.Last() is ISingleFeaturePredictionTransformer<object> { Model: ICalibrator calibrator }
            ? calibrator
            : null;
}
