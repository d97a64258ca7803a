using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Reports;

/// <summary>Describes a product's data: its features, and what else the files hold.</summary>
public static class ProfileRun
{
    /// <summary>Describes rows that were read; the columns that the product does not use are read here.</summary>
    /// <param name="product">The product.</param>
    /// <param name="source">The rows.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops between columns and rows.</param>
    /// <exception cref="InvalidInputException">One of the outcomes is missing.</exception>
    public static ProfileReport Run(LoanProduct product, ProductData source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var data = source.Data;
        if (data.BadCount == 0 || data.BadCount == data.RowCount)
        {
            throw new InvalidInputException(
                $"A profile needs both outcomes; {data.FileName} has {data.BadCount:N0} bad of "
                + $"{CountedNoun.Of(data.RowCount, "usable row")}.");
        }

        return new ProfileReport(product, data.FileName, data.ProblemCount, now, Describe(product, source, cancellationToken));
    }

    /// <summary>The same without the words around it, for rows of which both outcomes are known to be there.</summary>
    public static DataProfile Describe(LoanProduct product, ProductData source, CancellationToken cancellationToken) =>
        DataProfile.Of(product, source.Data.Columns, source.Data.Bad, OtherColumns(product, source, cancellationToken), cancellationToken);

    // Rows that cannot be used are left out, as they are of the features. A column that one of the files lacks is missing in its rows.
    private static List<FileColumn> OtherColumns(LoanProduct product, ProductData from, CancellationToken cancellationToken)
    {
        var data = from.Data;
        var names = data.UnusedColumns.Where(n => n.Length > 0 && n != product.Target.Column && n != product.Date?.Column).ToArray();
        if (names.Length == 0)
        {
            return [];
        }

        HashSet<string> texts = new(StringComparer.Ordinal);
        var cells = names.Select(_ => new List<string?>(data.RowCount)).ToArray();
        foreach (var path in from.Paths)
        {
            using var source = CsvSource.Open(path);
            var places = Array.ConvertAll(names, n => source.Header.ToList().IndexOf(n));
            var rows = new LabelledRows(source, product);
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < names.Length && rows.Application is not null; i++)
                {
                    cells[i].Add(places[i] < 0 ? null : Once(texts, source.Fields[places[i]].Trim()));
                }
            }
        }

        return
        [
            .. names.Select(
                (n, i) => new FileColumn(n, data.Standing is { } standing ? [.. standing.Select(row => cells[i][row])] : cells[i]))
        ];
    }

    // Most texts stand in many rows; each is held once.
    private static string Once(HashSet<string> texts, string text)
    {
        if (texts.TryGetValue(text, out var held))
        {
            return held;
        }

        texts.Add(text);
        return text;
    }
}
