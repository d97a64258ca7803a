using System.Globalization;
using System.Text.Json;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Training with use_quantized_grad.</summary>
[Slow]
public class QuantisedTrainingTests(ITestOutputHelper output)
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 20, Seed = 7, UseQuantizedGrad = true };

    [Theory]
    [InlineData("p1_numeric_nan")]
    [InlineData("p2_categorical")]
    [InlineData("p3_balanced_sparse")]
    public void Five_fold_auc_is_the_unquantised_ones_on_the_reference_tables(string table)
    {
        var rows = ReferenceTables.Read(ReferenceTables.Entry(table, 0));
        var parameters = new TrainingParameters { NumIterations = 150,
            LearningRate = 0.05, Seed = 1, NumThreads = 1, Metric = TrainingMetric.Auc };
        var plain = MeanAuc(parameters);
        var quantised = MeanAuc(parameters with { UseQuantizedGrad = true, NumGradQuantBins = 16, QuantTrainRenewLeaf = true });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: unquantised {plain:F5}, quantised {quantised:F5}"));
        Assert.InRange(quantised - plain, -0.001, 0.003);

        double MeanAuc(TrainingParameters own)
        {
            var aucs = new double[5];
            Parallel.For(0, 5, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                fold => aucs[fold] = Trainer.Train(rows.Without(fold), own, rows.Only(fold)).ValidationMetrics[^1]);
            return aucs.Average();
        }
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_for_any_number_of_threads()
    {
        var table = SyntheticLoans.Table(20000, seed: 3);
        foreach (var parameters in new[] { Quick,
            Quick with { QuantTrainRenewLeaf = true, NumGradQuantBins = 127, BaggingFraction = 0.7, BaggingFreq = 2 },
            Quick with { StochasticRounding = false } })
        {
            var one = Trainer.Train(table, parameters with { NumThreads = 1 }).Model.ToText();
            Assert.Equal(one, Trainer.Train(table, parameters with { NumThreads = 2 }).Model.ToText());
            Assert.Equal(one, Trainer.Train(table, parameters with { NumThreads = 3 }).Model.ToText());
        }

        Assert.NotEqual(Trainer.Train(table, Quick).Model.ToText().Split("parameters:")[0],
            Trainer.Train(table, Quick with { Seed = 8 }).Model.ToText().Split("parameters:")[0]);
    }

    [Fact]
    public void Renewed_leaves_hold_the_outputs_of_the_gradients_themselves()
    {
        var table = SyntheticLoans.Table(3000, seed: 4);
        var parameters = Quick with { NumIterations = 1, LearningRate = 1, BoostFromAverage = false, QuantTrainRenewLeaf = true };
        var tree = Trainer.Train(table, parameters).Model.Trees[0];
        var sums = new Dictionary<double, (double Gradient, double Hessian)>();
        var model = Trainer.Train(table, parameters).Model;
        for (var row = 0; row < table.RowCount; row++)
        {
            var score = model.PredictRaw(SyntheticLoans.Row(table, row));
            var (gradient, hessian) = sums.GetValueOrDefault(score);
            sums[score] = (gradient + (table.Labels[row] > 0 ? -0.5 : 0.5), hessian + 0.25);
        }

        Assert.Equal(tree.LeafCount, sums.Count);
        Assert.All(sums, leaf => Assert.Equal(-leaf.Value.Gradient / leaf.Value.Hessian, leaf.Key, 1e-9));
    }

    [Fact]
    public void Its_options_are_refused_without_it()
    {
        var table = SyntheticLoans.Table(100, seed: 27);
        Refused("num_grad_quant_bins", new TrainingParameters { NumGradQuantBins = 8 });
        Refused("quant_train_renew_leaf", new TrainingParameters { QuantTrainRenewLeaf = true });
        Refused("stochastic_rounding", new TrainingParameters { StochasticRounding = false });
        Assert.Contains("num_grad_quant_bins",
            Assert.Throws<ArgumentException>(() => new TrainingParameters { NumGradQuantBins = 128 }).Message, StringComparison.Ordinal);

        void Refused(string names, TrainingParameters parameters) =>
            Assert.Contains(names, Assert.Throws<ArgumentException>(() => Trainer.Train(table, parameters)).Message,
            StringComparison.Ordinal);
    }
}
