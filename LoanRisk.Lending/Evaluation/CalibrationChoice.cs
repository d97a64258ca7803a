using LoanRisk.Lending.Calibration;

namespace LoanRisk.Lending.Evaluation;

/// <summary>The calibration with the lowest Brier score on loans that none of the candidates was fitted on.</summary>
/// <param name="Chosen">The winner.</param>
/// <param name="BrierScores">
/// Each candidate's Brier score by method, in the order they were tried; a tie keeps the earlier, simpler one.
/// </param>
public sealed record CalibrationChoice(ProbabilityCalibration Chosen, IReadOnlyList<KeyValuePair<string, double>> BrierScores)
{
    /// <summary>
    /// Loans of the rarer outcome that isotonic regression needs. With fewer it draws steps around single loans, and what it gains on the
    /// rows for the choice is chance (A. Niculescu-Mizil and R. Caruana, Predicting Good Probabilities with Supervised Learning, 2005).
    /// </summary>
    public const int IsotonicNeeds = 1_000;

    /// <summary>
    /// Fits Platt and beta, and isotonic where there is <see cref="IsotonicNeeds">enough</see> to learn it from, on one part and compares
    /// them on another.
    /// </summary>
    public static CalibrationChoice Of(double[] fitScores, bool[] fitBad, double[] choiceScores, bool[] choiceBad)
    {
        List<ProbabilityCalibration> candidates = [CalibrationFit.Platt(fitScores, fitBad), CalibrationFit.Beta(fitScores, fitBad)];
        var bad = fitBad.Count(b => b);
        if (Math.Min(bad, fitBad.Length - bad) >= IsotonicNeeds)
        {
            candidates.Add(CalibrationFit.Isotonic(fitScores, fitBad));
        }

        var scores = candidates.ConvertAll(c => KeyValuePair.Create(c.Method, Brier(c, choiceScores, choiceBad)));
        var best = 0;
        for (var i = 1; i < candidates.Count; i++)
        {
            best = scores[i].Value < scores[best].Value ? i : best;
        }

        return new CalibrationChoice(candidates[best], scores);
    }

    private static double Brier(ProbabilityCalibration calibration, double[] rawScores, bool[] bad) =>
        BrierScore.Of(new ScoredLoans(Array.ConvertAll(rawScores, calibration.Probability), bad));
}
