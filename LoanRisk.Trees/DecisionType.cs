namespace LoanRisk.Trees;

/// <summary>How a node reads a value that may be missing. The numbers are LightGBM's.</summary>
public enum MissingType
{
    /// <summary>Nothing is missing: NaN is read as 0.</summary>
    None = 0,

    /// <summary>Zero (and NaN, read as zero) takes the default side.</summary>
    Zero = 1,

    /// <summary>NaN takes the default side.</summary>
    NaN = 2,
}

/// <summary>LightGBM's <c>decision_type</c> byte: bit 0 categorical, bit 1 default left, bits 2 and 3 the missing type.</summary>
/// <param name="Bits">The byte as the model text has it.</param>
public readonly record struct DecisionType(byte Bits)
{
    /// <summary>The split looks a category up in a set instead of comparing a number.</summary>
    public bool IsCategorical => (Bits & 1) != 0;

    /// <summary>Missing values go left.</summary>
    public bool DefaultLeft => (Bits & 2) != 0;

    /// <summary>What counts as missing here.</summary>
    public MissingType Missing => (MissingType)((Bits >> 2) & 3);

    /// <summary>Packs the three parts.</summary>
    public static DecisionType Of(bool categorical, bool defaultLeft, MissingType missing) =>
        new((byte)((categorical ? 1 : 0) | (defaultLeft ? 2 : 0) | ((int)missing << 2)));
}
