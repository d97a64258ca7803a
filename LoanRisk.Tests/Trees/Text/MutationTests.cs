using LoanRisk.Trees;
using LoanRisk.Trees.Text;

namespace LoanRisk.Tests.Trees.Text;

/// <summary>
/// 20,000 damaged texts: each is refused with a ModelFormatException, or is a model that scores any row, explains it and
/// can be written and read again. Anything else fails with the number to repeat it by.
/// </summary>
[Slow]
public sealed class MutationTests
{
    private const int Seed = 2026;
    private const int Texts = 20_000;

    [Fact]
    public void A_damaged_text_is_refused_or_is_a_working_model()
    {
        var originals = Originals();
        var read = 0;
        var rejected = 0;
        Parallel.For(0, Texts, number =>
        {
            var random = new Random((Seed * 100_003) + number);
            var text = new TextMutator(random).Mutate(originals[number % originals.Count]);
            try
            {
                _ = Survives(text, random) ? Interlocked.Increment(ref read) : Interlocked.Increment(ref rejected);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, text {number}: {error}");
            }
        });

        // Both ways out must really be taken, or the damage is too coarse or too fine.
        Assert.Equal(Texts, read + rejected);
        Assert.InRange(read, Texts / 50, Texts / 2);
    }

    private static bool Survives(string text, Random random)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = Read(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 200_000 + (60L * text.Length), $"{allocated} bytes taken for a text of {text.Length}");
        if (model is null)
        {
            return false;
        }

        Use(model, random);
        var written = model.ToText();
        Assert.Equal(written, TreeModel.Parse(written).ToText());
        return true;
    }

    private static TreeModel? Read(string text)
    {
        try
        {
            return TreeModel.Parse(text);
        }
        catch (ModelFormatException error)
        {
            Assert.True(error.Line >= 1 && error.Message.Length < 400, error.Message);
            return null;
        }
    }

    private static void Use(TreeModel model, Random random)
    {
        var row = new double[model.FeatureCount];
        var raw = new double[model.OutputCount];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = OddValues.Next(random);
            }

            model.PredictRaw(row, raw);
            model.PredictLeaves(row, new int[model.Trees.Length]);
            Refusable(() => model.Predict(row, raw), "cannot be converted");
            Refusable(() => model.Contributions(row, new double[(model.FeatureCount + 1) * model.OutputCount]), "no leaf_count");
        }
    }

    // An objective that damage made unknown, and a tree that lost its row counts, are refused in words.
    private static void Refusable(Action use, string reason)
    {
        try
        {
            use();
        }
        catch (InvalidOperationException error) when (error.Message.Contains(reason, StringComparison.Ordinal))
        {
            // A documented answer.
        }
    }

    // Short models of every kind, each with and without tree_sizes: with them any change of length is noticed there already.
    private static List<string> Originals()
    {
        var folder = Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden");
        var texts = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .Select(static path => Short(new GoldenCase(path).Load())).Append(SmallModel.Text).ToList();
        return [.. texts, .. texts.Select(static text =>
            string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("tree_sizes=", StringComparison.Ordinal))))];
    }

    private static string Short(TreeModel model) => new TreeModel
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = model.FeatureInfos,
        Trees = [.. model.Trees.Take(Math.Max(2, model.TreesPerIteration))],
        ClassCount = model.ClassCount,
        TreesPerIteration = model.TreesPerIteration,
        AverageOutput = model.AverageOutput,
        MonotoneConstraints = model.MonotoneConstraints,
        Parameters = "[boosting: gbdt]",
        PandasCategorical = model.PandasCategorical,
    }.ToText();
}
