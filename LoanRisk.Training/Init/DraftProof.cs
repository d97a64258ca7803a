using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Training.Init;

/// <summary>Tries a drafted product on the table it was drafted from: what training and scoring would refuse must not be drafted.</summary>
internal static class DraftProof
{
    /// <summary>The first value of a column that the drafted feature refuses, in words; null when it takes all of them.</summary>
    /// <param name="product">The drafted product.</param>
    /// <param name="feature">One of its features.</param>
    /// <param name="column">The feature's column.</param>
    public static string? Refused(LoanProduct product, Feature feature, TextColumn column)
    {
        var alone = product with { Features = [feature] };
        return column.Texts.Select(text => Check(alone, feature, text)).FirstOrDefault(problem => problem is not null);
    }

    private static string? Check(LoanProduct alone, Feature feature, string text) =>
        LoanApplication.Check(
            alone,
            new Dictionary<string, FieldValue> { [feature.Name] = FieldValue.OfText(text) },
            InputStyle.Text) is { Problems: [var problem, ..] }
            ? problem.Message
            : null;
}
