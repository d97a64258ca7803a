using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Init;

/// <summary>
/// A table as a product, only to tell its columns apart: what each is follows the rules by which a product is drafted, but no outcome is
/// needed, and none is looked for.
/// </summary>
/// <param name="Product">The product; its target, policy and reasons mean nothing.</param>
/// <param name="LeftOut">Columns that are no features: ids, dates, constants, free texts.</param>
internal sealed record AnyTable(LoanProduct Product, IReadOnlyList<string> LeftOut)
{
    private const string Outcome = "outcome";

    /// <summary>Looks at a file.</summary>
    /// <exception cref="InvalidOptionException">The file has no line of names.</exception>
    /// <exception cref="InvalidInputException">None of its columns can be compared, or most of the file cannot be read.</exception>
    public static AnyTable Read(string path, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var table = TextTable.Read(path, progress, cancellationToken);
        foreach (var column in table.Columns)
        {
            column.Settle();
        }

        HeaderGuess.RequireNames(table.FileName, table.Columns);
        var names = new HashSet<string>([Outcome], StringComparer.OrdinalIgnoreCase);
        var features = new List<DraftedFeature>();
        foreach (var column in table.Columns.Where(IsUsable))
        {
            if (DraftedFeature.Of(column, ColumnName.Field(column.Name, names), new bool[table.RowCount]).Feature is { } feature)
            {
                features.Add(feature);
            }
        }

        if (features.Count == 0)
        {
            throw new InvalidInputException(
                $"{table.FileName} has no column that can be compared: ids, dates, constants and free texts alone.");
        }

        var left = table.Columns.Except(features.Select(f => f.Column)).Select(c => c.Name).ToList();
        return new AnyTable(ProductFile.Parse(DraftText.Of(Json(table.FileName, names, features)), table.FileName), left);
    }

    private static bool IsUsable(TextColumn column) =>
        column.Name.Length is > 0 and <= 200
            && column.Values.Count > 1
            && IdGuess.Contact(column) is null
            && DateGuess.Of(column) is null
            && DateGuess.Unreadable(column) is null
            && !IdGuess.IsId(column);

    private static JsonObject Json(string fileName, HashSet<string> names, List<DraftedFeature> features) => new()
    {
        ["id"] = "any",
        ["name"] = fileName,
        ["description"] = $"The columns of {fileName}.",
        ["schemaVersion"] = "1",
        ["currency"] = features.Select(f => f.Written.Currency).FirstOrDefault(c => c is not null) ?? "XXX",
        ["target"] = new JsonObject
        {
            ["column"] = ColumnName.Field(Outcome, names),
            ["bad"] = "1",
            ["good"] = "0",
            ["meaning"] = "nothing",
            ["noun"] = "bad",
            ["horizon"] = "never",
        },
        ["groups"] = new JsonArray(new JsonObject { ["id"] = "values", ["label"] = "Values" }),
        ["features"] = new JsonArray([.. features.Select(f => f.Json.DeepClone())]),
        ["policy"] = new JsonObject
        {
            ["version"] = "1",
            ["approveBelow"] = 0.5,
            ["declineFrom"] = 0.5,
            ["baseline"] = "nothing",
            ["costs"] = new JsonObject { ["badApproved"] = 1, ["goodRefused"] = 1 },
            ["knockOuts"] = new JsonArray(),
        },
    };
}
