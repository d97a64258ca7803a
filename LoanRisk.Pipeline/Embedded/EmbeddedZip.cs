using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.MLNet.Writing;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Embedded;

/// <summary>Makes a package's <c>model.zip</c>: the product's columns and the trees as a model of ML.NET's.</summary>
public static class EmbeddedZip
{
    /// <summary>The file, or the reason why there is none.</summary>
    public static MLNetModel Of(LoanProduct product, TreeModel trees, ProbabilityCalibration calibration)
    {
        try
        {
            return new MLNetModel(
                ZipWriter.Write(trees, ProductColumns.Of(product), Probability(calibration)),
                IsExpressible(calibration)
                    ? null
                    : $"The Probability of {PackageFiles.MLNet} is LightGBM's own sigmoid of its Score, for ML.NET has no "
                        + $"{calibration.Method} calibration.");
        }
        catch (NotExpressibleException exception)
        {
            return new MLNetModel(null, $"There is no {PackageFiles.MLNet}, for ML.NET cannot score this model: {exception.Message}");
        }
    }

    /// <summary>What a model card says of it.</summary>
    public static string CardText(MLNetModel model) => model switch
    {
        { Zip: null } => model.Note!,
        { Note: { } note } => $"{Loadable} {note}",
        _ => $"{Loadable} Its Probability is calibrated as above.",
    };

    private static string Loadable =>
        $"`{PackageFiles.MLNet}` is the same model for ML.NET: it takes the columns as they are and its Score is these trees' raw score.";

    private static bool IsExpressible(ProbabilityCalibration calibration) => calibration is PlattCalibration or IsotonicCalibration;

    private static ZipProbability Probability(ProbabilityCalibration calibration) => calibration switch
    {
        PlattCalibration platt => ZipProbability.Platt(platt.Slope, platt.Intercept),
        IsotonicCalibration isotonic => ZipProbability.Isotonic(isotonic.Points.Select(point => (point.Score, point.Probability))),
        _ => ZipProbability.Own,
    };
}
