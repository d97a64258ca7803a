namespace LoanRisk.Training.Terminal;

/// <summary>What the program tells the shell.</summary>
public static class ExitCode
{
    /// <summary>Fine.</summary>
    public const int Fine = 0;

    /// <summary>The work failed or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>Called wrongly.</summary>
    public const int CalledWrongly = 2;

    /// <summary>The work is done, and what it looked for is there: <c>drift</c> found some.</summary>
    public const int Found = 3;
}
