using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Parameters as a line of LightGBM's NAME=VALUE words.</summary>
internal static class TrainingOptions
{
    public static TrainingParameters Parse(string options) =>
        TrainingParameters.Parse(options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
}
