using LoanRisk.Trees;

namespace LoanRisk.Training.Engine;

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
            _ => classes.Select(c => Named(model, "probability", c)),
        };
    }

    private static string Named(TreeModel model, string name, int output) => model.OutputCount == 1 ? name : $"{name}_{output}";
}
