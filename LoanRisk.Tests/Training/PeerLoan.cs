using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Training;

/// <summary>The committed product and a few rows of its data.</summary>
internal static class PeerLoan
{
    public const string Header = "loan_amnt,int_rate,purpose,grade,annual_inc,revol_util,emp_length,dti,delinq_2yrs,home_ownership,is_late";

    public const string OnTime = "12000,0.2039,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT,0";

    public const string Late = "24000,0.2677,small_business,E,34000,0.91,< 1 year,33.4,3,RENT,1";

    public static string ProductsFolder { get; } = Path.Combine(SharedFolder.Checkout, "products");

    public static LoanProduct Product { get; } = Read();

    private static LoanProduct Read()
    {
        var path = Path.Combine(ProductsFolder, "peerloan", "product.json");
        return ProductFile.Parse(File.ReadAllText(path), path);
    }
}
