namespace LoanRisk.Store.Checks;

/// <summary>What was found about one thing.</summary>
/// <param name="What">The thing: a file, or what is kept in it.</param>
/// <param name="State">How it is.</param>
/// <param name="Words">What was found, for a person.</param>
public sealed record CheckLine(string What, CheckState State, string Words);

/// <summary>How a checked thing is.</summary>
public enum CheckState
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Usable, but somebody should know.</summary>
    Note,

    /// <summary>Damaged or missing.</summary>
    Damaged,
}
