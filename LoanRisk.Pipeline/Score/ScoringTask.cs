using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Score;

/// <summary>What a scoring run reads and writes.</summary>
/// <param name="Input">The file to read.</param>
/// <param name="Output">The file to write.</param>
public sealed record ScoringTask(string Input, string Output)
{
    /// <summary>Reasons that get a column, 0 to <see cref="ScoringRun.MostReasons"/>.</summary>
    public int Reasons { get; init; } = ScoringRun.MostReasons;

    /// <summary>How cells are written, those that are carried through as well.</summary>
    public Cells Cells { get; init; } = Cells.Safe;
}
