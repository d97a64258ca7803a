namespace LoanRisk.Store.Archives;

/// <summary>What a column holds, whichever database it is in.</summary>
internal enum ColumnKind
{
    /// <summary>Characters.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A number of double precision.</summary>
    Number,

    /// <summary>Yes or no; SQLite has it as 1 and 0.</summary>
    YesNo,

    /// <summary>Bytes.</summary>
    Bytes,
}
