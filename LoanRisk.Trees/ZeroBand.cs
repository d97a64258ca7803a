namespace LoanRisk.Trees;

/// <summary>What LightGBM takes for zero: values within 1e-35, rounded to a float, of it.</summary>
internal static class ZeroBand
{
    /// <summary>The half width of the band.</summary>
    public const double Edge = 1e-35f;

    public static bool Holds(double value) => value >= -Edge && value <= Edge;
}
