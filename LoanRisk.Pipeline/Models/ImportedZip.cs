using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Products;
using LoanRisk.MLNet.Reading;
using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Trees;
using LoanRisk.Trees.Text;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// An ML.NET model from a zip, as trees over a product's feature row. One that was written here comes back as its exact text; one made
/// elsewhere is read tree by tree, with counts of the labelled rows.
/// </summary>
/// <param name="Text">The model as LightGBM's text.</param>
/// <param name="Words">What a person should know of the reading: for the console and the card.</param>
public sealed record ImportedZip(string Text, string Words)
{
    /// <summary>Bytes that a zip may have.</summary>
    public const int MostBytes = ZipModel.MostBytes;

    /// <summary>The probability that ML.NET gave; null where that is LightGBM's own of the text.</summary>
    public PlattCalibration? OwnProbability { get; private init; }

    /// <summary>True when the bytes begin as a zip does.</summary>
    public static bool Is(ReadOnlySpan<byte> content) => content.StartsWith("PK"u8);

    /// <summary>Opens a zip and reads its model.</summary>
    /// <param name="product">The product it is to serve.</param>
    /// <param name="zip">The bytes.</param>
    /// <param name="missing">Where missing values go; of a zip that was written here the text says.</param>
    /// <param name="data">Labelled rows; null when there are none.</param>
    /// <exception cref="InvalidInputException">
    /// The zip cannot be read, or its model cannot be told exactly; the message says why.
    /// </exception>
    public static ImportedZip Open(LoanProduct product, ReadOnlyMemory<byte> zip, MissingChoice missing, DataSet? data)
    {
        try
        {
            var model = ZipModel.Open(zip);
            return model.OwnText is { } text ? Own(product, zip, text) : Foreign(product, model, missing, data);
        }
        catch (Exception e) when (e is ZipRefusedException or UntellableModelException)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    // The text is taken only when the zip's trees are those of the text, to the leaf: either could have been changed.
    private static ImportedZip Own(LoanProduct product, ReadOnlyMemory<byte> zip, string text)
    {
        try
        {
            EmbeddedModel.Load(zip, ProductColumns.Of(product), TreeModel.Parse(text)).Dispose();
        }
        catch (Exception e) when (e is ZipMismatchException or NotExpressibleException or ModelFormatException or ArgumentException)
        {
            throw new InvalidInputException(
                $"The zip has a text of its own ({ZipWriter.TextEntry}), and its trees are not that text's for this product: {e.Message}");
        }

        return new ImportedZip(
            text,
            "The zip was written by this program: its text is taken as it is, after a comparison with the zip's trees, node by node.");
    }

    private static ImportedZip Foreign(LoanProduct product, ZipModel model, MissingChoice missing, DataSet? data)
    {
        if (data is null)
        {
            throw new InvalidInputException(
                "An ML.NET model keeps no counts of rows, and reasons need them: labelled rows are needed to import it.");
        }

        var (schema, sources) = (ProductColumns.Of(product), product.Features.Select(Source).ToList());
        var way = missing == MissingChoice.Repaired ? MissingValues.Repaired : MissingValues.AsMLNetScores;
        var reading = model.Read(schema, sources, way);
        var other = way == MissingValues.Repaired ? MissingValues.AsMLNetScores : MissingValues.Repaired;
        var changed = reading.OtherNodes == 0 ? 0 : Changed(reading.Model, Other(model, schema, sources, other), data);
        return new ImportedZip(
            RowCounts.Of(reading.Model, data.Columns).ToText(), WordsOf(model, reading, missing, (changed, data.RowCount)))
        {
            OwnProbability = model.OwnProbability is { } own ? new PlattCalibration(own.Slope, own.Intercept) : null,
        };
    }

    // What cannot be repaired can still be compared with nothing.
    private static TreeModel? Other(
        ZipModel model, LoanRisk.MLNet.Columns.InputSchema schema, IReadOnlyList<ColumnSource> sources, MissingValues missing)
    {
        try
        {
            return model.Read(schema, sources, missing).Model;
        }
        catch (UntellableModelException)
        {
            return null;
        }
    }

    private static int? Changed(TreeModel taken, TreeModel? other, DataSet data)
    {
        if (other is null)
        {
            return null;
        }

        var (row, changed) = (new double[data.Columns.Count], 0);
        for (var i = 0; i < data.RowCount; i++)
        {
            data.CopyRow(i, row);
            changed += taken.PredictRaw(row) == other.PredictRaw(row) ? 0 : 1;
        }

        return changed;
    }

    private static ColumnSource Source(Feature feature) => new(
        [feature.Name, feature.Column],
        [.. feature.Levels.Select(level => (System.Collections.Immutable.ImmutableArray<string>)[level.Value, .. level.Spellings])]);

    private static string WordsOf(ZipModel model, TreeReading reading, MissingChoice missing, (int? Changed, int All) rows)
    {
        var trees = $"{CountedNoun.Of(reading.Model.Trees.Length, "tree")} of ML.NET's {model.Kind} "
            + $"with {CountedNoun.Of(reading.Nodes, "node")}.";
        if (reading.OtherNodes == 0)
        {
            return $"{trees} Missing values go where ML.NET sends them.";
        }

        var nodes = $"At {Count(reading.OtherNodes)} of them ML.NET sends missing values to another side than LightGBM did while they "
            + "grew; ";
        var taken = missing == MissingChoice.Repaired ? "LightGBM's side is taken (repaired)" : "ML.NET's side is taken";
        var change = rows.Changed is { } changed
            ? $", which changes the raw score of {Count(changed)} of {CountedNoun.Of(rows.All, "row")}."
            : ".";
        return $"{trees} {nodes}{taken}{change}";
    }

    private static string Count(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
