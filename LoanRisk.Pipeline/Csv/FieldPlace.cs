namespace LoanRisk.Pipeline.Csv;

/// <summary>How a field uses quotation marks.</summary>
internal enum Quoting : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>They stand around it, and none within.</summary>
    Around,

    /// <summary>They stand around it, and doubled ones within.</summary>
    Doubled,

    /// <summary>One opens it, and none closes it.</summary>
    Unclosed,

    /// <summary>One stands where none may: inside a field that is not quoted, or with something after it.</summary>
    Misplaced,
}

/// <summary>Where a field stands in its block, with its quotation marks.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Quoting">How it is quoted.</param>
internal readonly record struct FieldPlace(int Start, int Length, Quoting Quoting);
