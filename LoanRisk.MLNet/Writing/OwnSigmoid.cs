using System.Globalization;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>The factor of the sigmoid that turns a model's raw score into its probability.</summary>
internal static class OwnSigmoid
{
    private const string Parameter = "sigmoid:";

    /// <summary>Reads it from the objective.</summary>
    /// <exception cref="NotExpressibleException">The objective gives no probability of one outcome.</exception>
    public static double Of(TreeModel model)
    {
        var words = model.Objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["cross_entropy", ..] => 1,
            ["binary", ..] when Array.Find(words, word => word.StartsWith(Parameter, StringComparison.Ordinal)) is { } text
                && double.TryParse(text.AsSpan(Parameter.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
                && double.IsFinite(factor) && factor > 0 => factor,
            _ => throw new NotExpressibleException(
                $"The model's objective is \"{model.Objective}\"; ML.NET's binary model gives the probability of one outcome, as binary "
                    + "and cross_entropy do."),
        };
    }
}
