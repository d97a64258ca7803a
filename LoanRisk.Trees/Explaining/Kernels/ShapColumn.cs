using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>A feature as numerical nodes of one missing type read it: what is missing there is NaN, and nothing else is.</summary>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Missing">The nodes' missing type.</param>
internal readonly record struct ShapColumn(int Feature, MissingType Missing)
{
    /// <summary>A row's value in this column. NaN fails the comparison of the second and the third case too.</summary>
    public double Read(double value) => Missing switch
    {
        MissingType.NaN => Math.Abs(value) <= PlainNode.ZeroReach ? 0 : value,
        MissingType.Zero => Math.Abs(value) > PlainNode.ZeroReach ? value : double.NaN,
        _ => Math.Abs(value) > PlainNode.ZeroReach ? value : 0,
    };
}
