using System.Globalization;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>Puts trained trees into a model with the header LightGBM writes.</summary>
internal static class ModelWriting
{
    public static TreeModel ToModel(TrainingTable table, BinnedTable binned, TrainingParameters parameters, IEnumerable<Tree> trees)
    {
        string[] infos = [.. Enumerable.Repeat("none", table.FeatureCount)];
        for (int i = 0; i < binned.Features.Length; i++)
        {
            infos[binned.Features[i]] = binned.Bins[i].Info;
        }

        return new TreeModel
        {
            Objective = string.Create(CultureInfo.InvariantCulture, $"binary sigmoid:{parameters.Sigmoid}"),
            FeatureNames = [.. table.FeatureNames],
            FeatureInfos = [.. infos],
            Trees = [.. trees],
            MonotoneConstraints = parameters.MonotoneConstraints,
            Parameters = string.Join('\n', parameters.ToPairs().Prepend(KeyValuePair.Create("boosting", "gbdt")).Select(p => $"[{p.Key}: {p.Value}]")),
        };
    }
}
