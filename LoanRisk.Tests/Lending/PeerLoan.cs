using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Lending;

/// <summary>The product that this repository ships, for tests of what lies above product files.</summary>
internal static class PeerLoan
{
    public static string FilePath { get; } = Path.Combine(SharedFolder.Checkout, "products", "peerloan", "product.json");

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
