namespace LoanRisk.Lending.Decisions;

/// <summary>Which of a package's two models score an application: the engine's text, ML.NET's zip, or both.</summary>
public enum ScoringMode
{
    /// <summary>Both score; unless both give the same number in single precision, nothing is decided. The engine's score decides.</summary>
    Both,

    /// <summary>The engine alone.</summary>
    Engine,

    /// <summary>ML.NET's score decides; the engine explains it.</summary>
    Mlnet,
}
