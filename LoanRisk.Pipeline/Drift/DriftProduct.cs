using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Drift;

/// <summary>A product as drift looks at rows: what an application would be refused for is what drift is about.</summary>
internal static class DriftProduct
{
    private static readonly ValueRange AnyNumber = new(double.MinValue, double.MaxValue);

    /// <summary>The same product, where a value may be missing, of any size, and of a level that is not listed.</summary>
    public static LoanProduct Open(LoanProduct product) => product with
    {
        Features =
        [
            .. product.Features.Select(f => f with
            {
                MayBeMissing = true,
                RefuseUnseen = false,
                Integer = false,
                Allowed = f.HasLevels ? f.Allowed : AnyNumber,
            }),
        ],
    };

    /// <summary>
    /// The values of an application, a level that is not listed as a code beyond the others: trees take one without a rank for missing, and
    /// then nobody would see it come.
    /// </summary>
    public static void Fill(LoanApplication application, Span<double> row)
    {
        for (var f = 0; f < row.Length; f++)
        {
            row[f] = application.Row[f];
        }

        foreach (var f in application.Unseen.Where(f => application.Product.Features[f].HasLevels))
        {
            row[f] = application.Product.Features[f].Levels.Count;
        }
    }
}
