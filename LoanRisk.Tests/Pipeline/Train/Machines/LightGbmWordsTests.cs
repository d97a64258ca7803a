using LoanRisk.MLNet.Training;
using LoanRisk.Pipeline.Train.LightGbm;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

public sealed class LightGbmWordsTests
{
    [Fact]
    public void What_is_true_or_false_is_said_so_for_the_library_takes_no_1_or_0()
    {
        var flags = ParameterCatalogue.All.Where(spelling => Takes(spelling, "true") && !Takes(spelling, "2")).Select(s => s.Name).ToList();
        var words = LightGbmWords.Of(new TrainingParameters(), PeerLoan.Product, machines: 1).Split(' ');

        Assert.InRange(flags.Count, 10, 30);
        Assert.All(flags, flag => Assert.Contains(words, word => word == $"{flag}=true" || word == $"{flag}=false"));
    }

    [Fact]
    public void How_many_trees_there_are_and_what_is_measured_is_not_the_librarys_to_decide()
    {
        var words = LightGbmWords.Of(
            new TrainingParameters { NumIterations = 7, EarlyStoppingRound = 3, NumThreads = 2, MonotoneConstraints = [1, 0, -1] },
            PeerLoan.Product,
            machines: 3).Split(' ');

        Assert.DoesNotContain(words, word => word.StartsWith("num_iterations", StringComparison.Ordinal));
        Assert.DoesNotContain(words, word => word.StartsWith("early_stopping_round", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string>
            {
                "metric=none", "num_threads=2", "monotone_constraints=1,0,-1", "tree_learner=data", "num_machines=3", "deterministic=true",
            },
            string.Join(' ', words).Split(' ').ToHashSet());
        Assert.Contains($"categorical_feature={string.Join(',', PeerLoan.Product.CategoricalFeatures)}", words);
    }

    [Theory]
    [InlineData("libgomp.so.1: cannot open shared object file", "linux-x64", "Training over machines needs libgomp.so.1")]
    [InlineData("no such file", "linux-x64", "Training over machines needs LightGBM's native library (lib_lightgbm), which does not stand")]
    [InlineData("no such file", "linux-arm64", "Training over machines has no native library for linux-arm64")]
    public void Where_the_library_is_missing_one_sentence_says_what_helps(string loader, string platform, string sentence)
    {
        var why = NativeLightGbm.Sentence(loader, platform, "Training over machines", "or train on one machine alone");

        Assert.StartsWith(sentence, why, StringComparison.Ordinal);
        Assert.EndsWith(", or train on one machine alone.", why, StringComparison.Ordinal);
    }

    private static bool Takes(ParameterSpelling spelling, string text)
    {
        try
        {
            spelling.Write(new TrainingParameters(), text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
