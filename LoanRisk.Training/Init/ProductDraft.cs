using System.Text.Json.Nodes;

namespace LoanRisk.Training.Init;

/// <summary>A product file drafted from a table, and what was decided on the way.</summary>
/// <param name="Json">Text of a <c>product.json</c>.</param>
/// <param name="Target">What the model will learn.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="BadRows">Rows with the bad outcome.</param>
/// <param name="Columns">Each column and what became of it, in file order.</param>
/// <param name="ToCheck">What a person must look at.</param>
public sealed record ProductDraft(
    string Json,
    string Target,
    int Rows,
    int BadRows,
    IReadOnlyList<(string Column, string Became, bool IsUsed)> Columns,
    IReadOnlyList<string> ToCheck);

/// <summary>The parts of a draft as a product file has them.</summary>
internal static class DraftedProduct
{
    public static JsonObject Of(string id, string fileName, TargetGuess target, DraftedColumns drafted)
    {
        var badRate = (double)target.BadRows.Count(b => b) / target.Column.RowCount;
        var product = new JsonObject
        {
            ["$schema"] = "../product.schema.json",
            ["id"] = id,
            ["name"] = ColumnName.Label(id.Replace('-', ' ')),
            ["description"] = $"Drafted from {fileName}; say here what it is.",
            ["schemaVersion"] = "1",
            ["source"] = new JsonObject
            {
                ["name"] = fileName,
                ["from"] = "not said yet",
                ["licence"] = "not said yet",
                ["obtain"] = "Say here where the data comes from.",
            },
        };
        if (drafted.Ids.Count > 0)
        {
            product["ids"] = new JsonArray([.. drafted.Ids.Select(Id)]);
        }

        if (drafted.Date is { } when)
        {
            product["date"] = new JsonObject
            {
                ["column"] = when.Column.Name,
                ["label"] = ColumnName.Label(when.Column.Name),
                ["format"] = when.Format,
            };
        }

        product["currency"] = drafted.Currency;
        product["target"] = Target(target);
        product["groups"] = new JsonArray(new JsonObject { ["id"] = "values", ["label"] = "Values" });
        product["features"] = new JsonArray([.. drafted.Features.Select(f => f.Json.DeepClone())]);
        if (drafted.Protected.Count > 0)
        {
            product["fairnessAttributes"] = new JsonArray([.. drafted.Protected.Select(p => (JsonNode)p.Column.Name)]);
        }

        product["examples"] = new JsonArray(new JsonObject { ["label"] = "Typical", ["values"] = Typical(drafted.Features) });
        product["policy"] = Policy(badRate);
        return product;
    }

    private static JsonObject Id(TextColumn column, int place)
    {
        var id = new JsonObject { ["column"] = column.Name, ["label"] = ColumnName.Label(column.Name) };
        if (place == 0)
        {
            id["lookup"] = true;
        }

        return id;
    }

    private static JsonObject Target(TargetGuess target) => new()
    {
        ["column"] = target.Column.Name,
        ["bad"] = target.Bad,
        ["good"] = target.Good,
        ["meaning"] = $"bad ({target.Column.Name} is {target.Bad})",
        ["noun"] = "bad",
        ["horizon"] = "in the end",
    };

    private static JsonObject Typical(IReadOnlyList<DraftedFeature> features)
    {
        var values = new JsonObject();
        foreach (var feature in features)
        {
            values[(string)feature.Json["name"]!] = feature.Json["example"] is { } example
                ? (string)example!
                : feature.Column.Values[0].Text;
        }

        return values;
    }

    // Bands around the bad rate of the table: somewhere to start from, no advice.
    private static JsonObject Policy(double badRate) => new()
    {
        ["version"] = "1",
        ["approveBelow"] = Share(0.75 * badRate),
        ["declineFrom"] = Share(Math.Min((1 + badRate) / 2, 2.5 * badRate)),
        ["baseline"] = "the average row of the training data",
        ["costs"] = new JsonObject { ["badApproved"] = 5, ["goodRefused"] = 1 },
        ["unseen"] = "refer",
        ["knockOuts"] = new JsonArray(),
    };

    private static double Share(double share) => Math.Clamp(double.Parse(share.ToString("G2")), 0.0001, 0.9999);
}
