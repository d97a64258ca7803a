using LoanRisk.Trees;

namespace LoanRisk.Training.Trees;

/// <summary>What the columns of predictions are called.</summary>
internal static class PredictionColumns
{
    public static IEnumerable<string> Names(TreeModel model, PredictionKind kind)
    {
        var classes = Enumerable.Range(0, model.OutputCount);
        return kind switch
        {
            PredictionKind.Contrib => classes.SelectMany(c => model.FeatureNames.Append("base_value").Select(n => Named(model, n, c))),
            PredictionKind.Leaf => Enumerable.Range(0, model.Trees.Length).Select(t => $"tree_{t}"),
            PredictionKind.Raw => classes.Select(c => Named(model, "raw", c)),
            _ => classes.Select(c => Named(model, IsProbability(model) ? "probability" : "prediction", c)),
        };
    }

    private static bool IsProbability(TreeModel model) =>
        model.Objective.Split(' ')[0] is "binary" or "cross_entropy" or "multiclass" or "multiclassova";

    private static string Named(TreeModel model, string name, int output) => model.OutputCount == 1 ? name : $"{name}_{output}";
}
