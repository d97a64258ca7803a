using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Tables of what a data set looks like.</summary>
public static class ProfileTables
{
    /// <summary>One line a feature.</summary>
    public static ChartTable Features(LoanProduct product, DataProfile profile) => Columns(product, profile.Features);

    /// <summary>One line a column.</summary>
    public static ChartTable Columns(LoanProduct product, IReadOnlyList<ColumnProfile> columns) => new(
        ["Column", "Missing", "Values", "Mean", "Median", "Std. dev.", "5 % to 95 %", "Inf. value", "AUC alone"],
        [.. columns.Select(c => Line(c, new UnitText(product.Find(c.Name), c.Label)))]);

    /// <summary>Correlations, a line a column.</summary>
    public static ChartTable Correlations(CorrelationMatrix matrix) => new(
        ["", .. matrix.Names],
        [
            .. matrix.Names.Select(
                (name, i) =>
                    (IReadOnlyList<string>)[name, .. matrix.Values[i].Select(v => v is { } r ? FigureText.Signed(r) : FigureText.None)])
        ]);

    private static string[] Line(ColumnProfile column, UnitText unit) =>
    [
        column.Label,
        FigureText.FinePercent(column.MissingShare),
        FigureText.Count(column.Distinct),
        .. column.Numbers is { } n
            ? [
                unit.Text(n.Mean),
                unit.Text(n.Median),
                unit.Text(n.StandardDeviation),
                $"{unit.Text(At(n, 0.05))} to {unit.Text(At(n, 0.95))}"
            ]
            : (string[])[FigureText.None, FigureText.None, FigureText.None, FigureText.None],
        FigureText.Measure(column.InformationValue),
        FigureText.Measure(column.Strength.Auc),
    ];

    private static double At(NumberSummary numbers, double share) => numbers.Quantiles.First(q => q.Share == share).Value;
}
