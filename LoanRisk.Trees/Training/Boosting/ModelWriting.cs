using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>Puts trained trees into a model with the header LightGBM writes.</summary>
internal static class ModelWriting
{
    public static TreeModel ToModel(
        TrainingTable table, BinnedTable binned, TrainingParameters parameters, ILoss loss, IEnumerable<Tree> trees)
    {
        string[] infos = [.. Enumerable.Repeat("none", table.FeatureCount)];
        for (var i = 0; i < binned.Features.Length; i++)
        {
            infos[binned.Features[i]] = binned.Bins[i].Info;
        }

        return new TreeModel
        {
            Objective = loss.Objective,
            ClassCount = parameters.NumClass,
            TreesPerIteration = loss.Outputs,
            AverageOutput = parameters.Boosting == BoostingType.Rf,
            FeatureNames = [.. table.FeatureNames],
            FeatureInfos = [.. infos],
            Trees = [.. trees],
            MonotoneConstraints = parameters.MonotoneConstraints,
            Parameters = string.Join('\n', Pairs(table, parameters).Select(p => $"[{p.Key}: {p.Value}]")),
            PandasCategorical = table.PandasCategorical,
        };
    }

    // A list of levels does not say whose they are; LightGBM names the categorical features among the parameters.
    private static IEnumerable<KeyValuePair<string, string>> Pairs(TrainingTable table, TrainingParameters parameters)
    {
        IEnumerable<KeyValuePair<string, string>> pairs = parameters.ToPairs();
        return table.PandasCategorical is null
            ? pairs
            : pairs.Append(KeyValuePair.Create(
                "categorical_feature", string.Join(',', Enumerable.Range(0, table.FeatureCount).Where(table.IsCategorical))));
    }
}
