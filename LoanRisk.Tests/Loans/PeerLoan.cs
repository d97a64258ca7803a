using LoanRisk.Lending.Applications;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Loans;

/// <summary>The product that this repository ships, with an applicant and a few rows of its data.</summary>
internal static class PeerLoan
{
    public const string Header = "loan_amnt,int_rate,purpose,grade,annual_inc,revol_util,emp_length,dti,delinq_2yrs,home_ownership,is_late";

    public const string OnTime = "12000,0.2039,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT,0";

    public const string Late = "24000,0.2677,small_business,E,34000,0.91,< 1 year,33.4,3,RENT,1";

    public static string ProductsFolder { get; } = Path.Combine(SharedFolder.Checkout, "products");

    public static string FilePath { get; } = Path.Combine(ProductsFolder, "peerloan", "product.json");

    public static string Json { get; } = File.ReadAllText(FilePath);

    public static LoanProduct Product { get; } = ProductFile.Parse(Json, "products/peerloan/product.json");

    /// <summary>An ordinary applicant in the data's spelling.</summary>
    public static Dictionary<string, string?> Values() => new(StringComparer.Ordinal)
    {
        ["loan_amnt"] = "12000", ["int_rate"] = "0.2039", ["purpose"] = "credit_card", ["grade"] = "D", ["annual_inc"] = "42000",
        ["emp_length"] = "10+ years", ["home_ownership"] = "RENT", ["dti"] = "14.46", ["revol_util"] = "0.647", ["delinq_2yrs"] = "0",
    };

    /// <summary>The ordinary applicant with some values written differently.</summary>
    public static Dictionary<string, FieldValue> Fields(params (string Name, FieldValue Value)[] changes)
    {
        var fields = Values().ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value), StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return fields;
    }

    public static LoanApplication Application(params (string Name, string? Value)[] changes)
    {
        var check = LoanApplication.Check(Product, Fields([.. changes.Select(c => (c.Name, FieldValue.OfText(c.Value)))]), InputStyle.Text);
        Assert.Empty(check.Problems);
        return check.Application!;
    }
}
