using LoanRisk.Trees.Layout;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// A feature as nodes read it. For numerical nodes of one missing type, what is missing there is NaN, and nothing else is. For
/// categorical nodes it is the category's code, as a whole number in both halves of the 64 bits.
/// </summary>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Missing">The missing type of numerical nodes.</param>
/// <param name="Codes">The codes of categories; null for numerical nodes.</param>
internal readonly record struct ShapColumn(int Feature, MissingType Missing, CategoryColumn? Codes = null)
{
    /// <summary>A row's value in this column. NaN fails the comparison of the second and the third case too.</summary>
    public double Read(double value)
    {
        if (Codes is not null)
        {
            return BitConverter.Int64BitsToDouble(Codes.Code(value) * 0x1_0000_0001L);
        }

        return Missing switch
        {
            MissingType.NaN => Math.Abs(value) <= ZeroBand.Edge ? 0 : value,
            MissingType.Zero => Math.Abs(value) > ZeroBand.Edge ? value : double.NaN,
            _ => Math.Abs(value) > ZeroBand.Edge ? value : 0,
        };
    }
}
