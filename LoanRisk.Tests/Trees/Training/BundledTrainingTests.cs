using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>enable_bundle changes memory and time and nothing else.</summary>
[Slow]
public class BundledTrainingTests
{
    [Theory]
    [InlineData(100, "")]
    [InlineData(300, "")]
    [InlineData(120, "zero_as_missing=true")]
    [InlineData(120, "use_missing=false lambda_l1=1")]
    [InlineData(120, "feature_fraction=0.5 bagging_fraction=0.6 bagging_freq=1 seed=3")]
    [InlineData(120, "use_quantized_grad=true")]
    public void One_hot_tables_give_the_model_they_give_unbundled(int levels, string options)
    {
        var table = OneHotLoans.Table(6000, levels, seed: levels);
        var parameters = TrainingParameters.Parse(
            options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(o => o.Split('=')).Select(o => KeyValuePair.Create(o[0], o[1])))
            with { NumIterations = 15, MinDataInLeaf = 5 };
        var validation = OneHotLoans.Table(500, levels, seed: 9);
        var apart = Trainer.Train(table, parameters with { EnableBundle = false }, validation);
        var bundled = Trainer.Train(table, parameters, validation);
        Assert.Equal(Trees(apart), Trees(bundled));
        Assert.Equal(apart.ValidationMetrics, bundled.ValidationMetrics);
        Assert.True(apart.Model.Trees[0].LeafCount > 5);
        Assert.Equal(Trees(bundled), Trees(Trainer.Train(table, parameters with { NumThreads = 1 })));

        static string Trees(TrainingResult result) => result.Model.ToText().Split("\nparameters:")[0];
    }
}
