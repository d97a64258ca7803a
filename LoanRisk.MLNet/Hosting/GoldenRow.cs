namespace LoanRisk.MLNet.Hosting;

/// <summary>A row whose prediction is known, and how far a model may be from it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Least">The least prediction that is right.</param>
/// <param name="Largest">The largest.</param>
internal sealed record GoldenRow<TIn>(TIn Row, double Least, double Largest)
{
    /// <summary>What is wrong with a prediction; null when it is right.</summary>
    public string? Problem(double prediction) => prediction >= Least && prediction <= Largest
        ? null
        : FormattableString.Invariant($"It predicts {prediction:R} for the golden row; allowed is {Least:R} to {Largest:R}.");
}
