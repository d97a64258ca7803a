using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Lending.Calibration;

/// <summary>The calibration with the lowest Brier score on loans that none of the candidates was fitted on.</summary>
/// <param name="Chosen">The winner.</param>
/// <param name="BrierScores">Each candidate's Brier score by method, in the order they were tried; a tie keeps the earlier, simpler one.</param>
public sealed record CalibrationChoice(ProbabilityCalibration Chosen, IReadOnlyList<KeyValuePair<string, double>> BrierScores)
{
    /// <summary>Fits Platt, beta and isotonic on one part and compares them on another.</summary>
    public static CalibrationChoice Of(double[] fitScores, bool[] fitBad, double[] choiceScores, bool[] choiceBad)
    {
        ProbabilityCalibration[] candidates =
        [
            CalibrationFit.Platt(fitScores, fitBad),
            CalibrationFit.Beta(fitScores, fitBad),
            CalibrationFit.Isotonic(fitScores, fitBad),
        ];
        var scores = Array.ConvertAll(candidates, c => KeyValuePair.Create(c.Method, Brier(c, choiceScores, choiceBad)));
        var best = 0;
        for (var i = 1; i < candidates.Length; i++)
        {
            best = scores[i].Value < scores[best].Value ? i : best;
        }

        return new CalibrationChoice(candidates[best], scores);
    }

    private static double Brier(ProbabilityCalibration calibration, double[] rawScores, bool[] bad) =>
        BrierScore.Of(new ScoredLoans(Array.ConvertAll(rawScores, calibration.Probability), bad));
}
