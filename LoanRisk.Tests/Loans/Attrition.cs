using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Tests.Loans;

/// <summary>A shipped product whose stored rows are found by an id.</summary>
internal static class Attrition
{
    public const string Header = "corporation,lastmonth_activity,lastyear_activity,number_of_employees,exited";

    public static string FilePath { get; } = Path.Combine(SharedFolder.Checkout, "products", "attrition", "product.json");

    public static LoanProduct Product { get; } = ProductFile.Parse(File.ReadAllText(FilePath), "products/attrition/product.json");

    /// <summary>The product as another version of its file might have it.</summary>
    public static LoanProduct Changed(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(FilePath))!;
        json["examples"] = new JsonArray();
        change(json);
        return ProductFile.Parse(json.ToJsonString(), "product.json");
    }

    /// <summary>Joins rows to the product's data as one file.</summary>
    public static void Ingest(DataSetStore store, LoanProduct product, params string[] rows)
    {
        using var files = new TemporaryFolder();
        File.WriteAllLines(files["rows.csv"], [Header, .. rows]);
        var result = IngestRun.Run(product, new IngestInput(files.Path, []), store, new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal(rows.Length, result.Files.Single().File!.RowsKept);
    }
}
