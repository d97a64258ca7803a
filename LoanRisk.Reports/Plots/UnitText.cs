using LoanRisk.Lending.Products;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>How the values of a feature are written on an axis.</summary>
public sealed class UnitText(Feature? feature, string? name = null)
{
    /// <summary>Name and unit.</summary>
    public string Label => feature is null ? name ?? "" : feature.Unit switch
    {
        Unit.Years => $"{feature.Label} (years)",
        _ => feature.Label,
    };

    /// <summary>A value.</summary>
    public string Text(double value) => feature?.Unit switch
    {
        Unit.Fraction => FigureText.WholePercent(value),
        Unit.Percent => FigureText.WholePercent(value / 100),
        _ when feature is { HasLevels: true } => value >= 0 && value < feature.Levels.Count && double.IsInteger(value)
            ? feature.Levels[(int)value].Label
            : FigureText.Short(value),
        _ => Math.Abs(value) >= 10_000 ? Thousands(value) : FigureText.Short(value),
    };

    private static string Thousands(double value) =>
        Math.Abs(value) >= 1e6 ? FigureText.Short(value / 1e6) + "\u00a0m" : FigureText.Short(value / 1e3) + "\u00a0k";
}
