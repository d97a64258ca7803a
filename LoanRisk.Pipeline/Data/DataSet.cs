using LoanRisk.Lending.Products;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Data;

/// <summary>Checked rows of a product with their outcomes, column by column, in file order.</summary>
public sealed class DataSet
{
    /// <summary>The product the rows were checked against.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>One array a feature, as <see cref="Lending.Applications.LoanApplication.Row"/> has them; NaN is missing.</summary>
    public required IReadOnlyList<double[]> Columns { get; init; }

    /// <summary>True where the loan turned bad.</summary>
    public required bool[] Bad { get; init; }

    /// <summary>From when each row is, by the product's date column; null when it names none or the file lacks it.</summary>
    public DateOnly[]? Dates { get; init; }

    /// <summary>The ids of each row, one array an id column that the product names and the file has; null where a row has none.</summary>
    public IReadOnlyList<string?[]> Ids { get; init; } = [];

    /// <summary>Groups of each outcome that reach every part and fold of the data: one for each of twenty shares.</summary>
    public const int FewestGroups = 20;

    /// <summary>Which rows are of one id, or equal in every feature.</summary>
    public RowGroups Groups => field ??= RowGroups.Of(Columns, Ids, Bad, FewestGroups);

    /// <summary>
    /// Of the usable rows of the files, those that are here: without what a newer or an earlier row of the same id stands for. Null when
    /// that is all.
    /// </summary>
    public int[]? Standing { get; init; }

    /// <summary>Name of the file, without its folder, or of the data version.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, or the content hash of the data version; hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Columns of the file that the product does not know; they were not used.</summary>
    public required IReadOnlyList<string> UnusedColumns { get; init; }

    /// <summary>How many rows hold something unusual, by feature.</summary>
    public required IReadOnlyDictionary<string, int> Warnings { get; init; }

    /// <summary>The first rows that cannot be used, at most <see cref="DataSetReader.MostProblems"/>.</summary>
    public required IReadOnlyList<RowProblem> Problems { get; init; }

    /// <summary>All rows that cannot be used.</summary>
    public required int ProblemCount { get; init; }

    /// <summary>All rows of the files, with those that cannot be used and those that another one stands for.</summary>
    public int RowsRead { get; init; }

    /// <summary>Rows without an outcome; they count neither as good nor as bad and are not used.</summary>
    public int OpenRows { get; init; }

    /// <summary>The first usable row in which nothing is missing (else the first), in the data's spelling, by feature.</summary>
    public required IReadOnlyDictionary<string, string?> SampleValues { get; init; }

    /// <summary>Usable rows.</summary>
    public int RowCount => Bad.Length;

    /// <summary>Usable rows that turned bad.</summary>
    public int BadCount => Bad.Count(b => b);

    /// <summary>Copies one row into a buffer.</summary>
    public void CopyRow(int row, Span<double> values)
    {
        for (var f = 0; f < Columns.Count; f++)
        {
            values[f] = Columns[f][row];
        }
    }

    /// <summary>
    /// The same without rows that another row of the same id stands for, by the product's rule: the newest where they are updates, the
    /// first where they are duplicates.
    /// </summary>
    public DataSet Stand()
    {
        var standing = Enumerable.Range(0, RowCount).ToHashSet();
        foreach (var (id, texts) in Product.Ids.Zip(Ids).Where(i => i.First.Repeats != IdRepeat.Row))
        {
            foreach (var rows in Enumerable.Range(0, RowCount).Where(row => texts[row] is not null).GroupBy(row => texts[row]))
            {
                standing.ExceptWith(id.Repeats == IdRepeat.Update ? rows.SkipLast(1) : rows.Skip(1));
            }
        }

        return standing.Count == RowCount ? this : Only([.. standing.Order()], [.. standing.Order()]);
    }

    /// <summary>The same with some of its rows alone.</summary>
    public DataSet Only(int[] rows) => Only(rows, standing: null);

    private DataSet Only(int[] rows, int[]? standing) => new()
    {
        Product = Product,
        Columns = [.. Columns.Select(column => Array.ConvertAll(rows, row => column[row]))],
        Bad = BadOf(rows),
        Ids = [.. Ids.Select(column => Array.ConvertAll(rows, row => column[row]))],
        Dates = Dates is null ? null : Array.ConvertAll(rows, row => Dates[row]),
        Standing = standing,
        FileName = FileName,
        Sha256 = Sha256,
        UnusedColumns = UnusedColumns,
        Warnings = Warnings,
        Problems = Problems,
        ProblemCount = ProblemCount,
        RowsRead = RowsRead,
        OpenRows = OpenRows,
        SampleValues = SampleValues,
    };

    /// <summary>The outcomes of some rows.</summary>
    public bool[] BadOf(int[] rows) => Array.ConvertAll(rows, r => Bad[r]);

    /// <summary>Some rows as the trainer takes them.</summary>
    public TrainingTable Table(int[] rows) => new(
        Product.FeatureNames,
        [.. Columns.Select(c => Array.ConvertAll(rows, r => c[r]))],
        Array.ConvertAll(rows, r => Bad[r] ? 1f : 0f),
        weights: null,
        [.. Enumerable.Range(0, Columns.Count).Where(f => Product.Features[f].Kind == FeatureKind.Nominal)]);
}
