namespace LoanRisk.Trees.Explaining;

/// <summary>Yes or no as a type, for code that is compiled once for each.</summary>
internal interface IAnswer
{
    public static abstract bool IsYes { get; }
}

/// <summary>Yes.</summary>
internal readonly struct Yes : IAnswer
{
    public static bool IsYes => true;
}

/// <summary>No.</summary>
internal readonly struct No : IAnswer
{
    public static bool IsYes => false;
}
