using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Models;

/// <summary>What a model says of every loan of a data set: calibrated probabilities of a bad loan, row by row.</summary>
internal static class LoanProbabilities
{
    public static double[] Of(ModelPackage package, DataSet data) => Of(package.Trees, package.Calibration, data);

    public static double[] Of(TreeModel trees, ProbabilityCalibration calibration, DataSet data) =>
        Array.ConvertAll(RawScores.Of(trees, data, [.. Enumerable.Range(0, data.RowCount)]), calibration.Probability);
}
