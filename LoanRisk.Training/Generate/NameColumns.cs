using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Training.Generate;

/// <summary>The columns of made-up rows that are no features: ids count up, dates are spread over two years.</summary>
internal sealed class NameColumns(LoanProduct product)
{
    private const int FirstId = 100_001;

    private const int Days = 730;

    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    public IEnumerable<string> Header =>
        [.. product.Ids.Select(i => i.Column), .. product.Date is { } date ? [date.Column] : Array.Empty<string>()];

    /// <summary>The values of a row; draws only where there is a date.</summary>
    public IEnumerable<string> Values(int row, ref SeededRandom random)
    {
        var ids = product.Ids.Select(_ => $"{FirstId + row}");
        return product.Date is { } date ? [.. ids, date.Write(FirstDay.AddDays(random.NextBelow(Days)))] : ids;
    }
}
