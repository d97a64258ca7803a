using System.Globalization;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>The LightGBM text that ML.NET imports: trees over its feature vector, and the two parameters that its import reads.</summary>
internal static class SlotText
{
    /// <summary>Writes the text.</summary>
    /// <param name="model">The trees.</param>
    /// <param name="slots">Length of the feature vector.</param>
    /// <param name="sigmoid">Factor of LightGBM's sigmoid, which becomes ML.NET's calibrator.</param>
    public static string Of(SlotModel model, int slots, double sigmoid)
    {
        var factor = sigmoid.ToString("R", CultureInfo.InvariantCulture);
        return new TreeModel
        {
            Objective = $"binary sigmoid:{factor}",
            FeatureNames = [.. Enumerable.Range(0, slots).Select(slot => $"slot{slot}")],
            FeatureInfos = [.. Enumerable.Repeat("none", slots)],
            Trees = model.Trees,
            // An empty list of categorical features keeps ML.NET from moving the slots.
            Parameters = $"[sigmoid: {factor}]\n[categorical_feature: ]",
        }.ToText();
    }
}
