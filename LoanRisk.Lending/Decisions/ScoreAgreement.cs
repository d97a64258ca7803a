namespace LoanRisk.Lending.Decisions;

/// <summary>What a second model of the same trees is for: it proves the engine's score, or takes its place.</summary>
internal sealed class ScoreAgreement
{
    private readonly string _modelId;

    /// <param name="modelId">Id of the model package, for messages.</param>
    /// <param name="second">The second model; null where there is none.</param>
    /// <param name="mode">What it is for.</param>
    public ScoreAgreement(string modelId, SecondScore? second, ScoringMode mode)
    {
        _modelId = modelId;
        Second = mode == ScoringMode.Engine ? null : second;
        Mode = Second is null ? ScoringMode.Engine : mode;
    }

    /// <summary>The engine alone.</summary>
    public static ScoreAgreement OfEngine { get; } = new("", null, ScoringMode.Engine);

    /// <summary>Which models score.</summary>
    public ScoringMode Mode { get; }

    /// <summary>The second model, where it scores.</summary>
    public SecondScore? Second { get; }

    /// <summary>
    /// The score that decides. ML.NET's is in single precision: the base value carries the rounding, so that base value and contributions
    /// still add up to what is served.
    /// </summary>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    public ExplainedScore Of(ExplainedScore score, ReadOnlySpan<double> row)
    {
        if (Second is null)
        {
            return score;
        }

        double second = Same(score.RawScore, row);
        return Mode == ScoringMode.Both
            ? score
            : score with { RawScore = second, BaseValue = score.BaseValue + (second - score.RawScore) };
    }

    /// <summary>Holds the engine's score against the second model's, where there is one.</summary>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    public void Check(ReadOnlySpan<double> row, double rawScore)
    {
        if (Second is not null)
        {
            Same(rawScore, row);
        }
    }

    private float Same(double engine, ReadOnlySpan<double> row)
    {
        var second = Second!(row);
        return BitConverter.SingleToUInt32Bits(second) == BitConverter.SingleToUInt32Bits((float)engine)
            ? second
            : throw new ScoresDifferException(_modelId, engine, second);
    }
}
