using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Store.DataSets;
using LoanRisk.Training.Csv;
using LoanRisk.Training.Data;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Report;

/// <summary>Describes a product's data: its features, and what else a file holds.</summary>
public static class ProfileRun
{
    /// <summary>Describes rows that were read; the columns that the product does not use are read here.</summary>
    /// <param name="product">The product.</param>
    /// <param name="source">The rows.</param>
    /// <param name="paths">The files they were read from, in that order.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops between columns and rows.</param>
    /// <exception cref="WorkFailedException">One of the outcomes is missing.</exception>
    public static ProfileReport Run(LoanProduct product, ProductData source, IReadOnlyList<string> paths, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var data = source.Data;
        if (data.BadCount == 0 || data.BadCount == data.RowCount)
        {
            throw new WorkFailedException($"A profile needs both outcomes; {data.FileName} has {data.BadCount:N0} bad of {data.RowCount:N0} usable rows.");
        }

        var others = OtherColumns(product, data, paths, cancellationToken);
        return new ProfileReport(product, data.FileName, data.ProblemCount, now, DataProfile.Of(product, data.Columns, data.Bad, others, cancellationToken));
    }

    /// <summary>The files a source was read from.</summary>
    public static IReadOnlyList<string> Paths(Store.DataFolder folder, ProductData source, string? file) =>
        file is not null ? [file] : DataSetStore.Open(folder).Parts(source.Version!);

    // Rows that cannot be used are left out, as they are of the features.
    private static List<FileColumn> OtherColumns(LoanProduct product, DataSet data, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var names = data.UnusedColumns.Where(n => n.Length > 0 && n != product.Target.Column && n != product.Date?.Column).ToArray();
        if (names.Length == 0)
        {
            return [];
        }

        var cells = names.Select(_ => new List<string?>(data.RowCount)).ToArray();
        foreach (var path in paths)
        {
            using var source = CsvSource.Open(path);
            var places = Array.ConvertAll(names, n => source.Header.ToList().IndexOf(n));
            var rows = new LabelledRows(source, product);
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < names.Length && rows.Application is not null; i++)
                {
                    cells[i].Add(places[i] < 0 ? null : source.Fields[places[i]].Trim());
                }
            }
        }

        return [.. names.Select((n, i) => new FileColumn(n, cells[i]))];
    }
}
