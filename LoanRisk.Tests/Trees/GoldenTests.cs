using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Trees;

/// <summary>Models that LightGBM 4.6 trained: our answers are LightGBM's, and our text is LightGBM's.</summary>
[Slow]
public sealed class GoldenTests
{
    private static string Committed => Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden");

    public static TheoryData<string> CommittedCases => [.. Cases(Committed)];

    public static TheoryData<string, string> CommittedCasesAndKernels
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Cases(Committed))
            {
                foreach (var kernel in Kernels)
                {
                    data.Add(name, kernel.Name);
                }
            }

            return data;
        }
    }

    private static IEnumerable<ScoringKernel> Kernels => ScoringKernel.All.Where(static kernel => kernel.IsSupported);

    [Theory]
    [MemberData(nameof(CommittedCasesAndKernels))]
    public void A_committed_case_gives_LightGBMs_answers(string name, string kernel) =>
        GoldenCheck.All(new GoldenCase(Path.Combine(Committed, name)), ScoringKernel.Named(kernel));

    [Theory]
    [MemberData(nameof(CommittedCases))]
    public void A_committed_model_comes_back_byte_for_byte(string name) => RoundTrip(Path.Combine(Committed, name));

    [Fact]
    public void The_committed_selection_covers_the_rules()
    {
        var cases = Cases(Committed).Select(static name => File.ReadAllText(Path.Combine(Committed, name, "model.txt"))).ToList();
        Assert.InRange(cases.Count, 10, 20);
        foreach (var rule in (string[])["average_output\n", "monotone_constraints=1", "num_leaves=1\n", "cat_threshold=",
            "pandas_categorical:[", "objective=multiclass ", "cross_entropy_lambda", "Größe", "[boosting: dart]", "[zero_as_missing: 1]"])
        {
            Assert.Contains(cases, text => text.Contains(rule, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_case_of_the_shared_folder_gives_LightGBMs_answers_and_text()
    {
        var shared = SharedFolder.Require("golden");
        var names = Cases(shared).ToList();
        Assert.True(names.Count >= 20, $"only {names.Count} cases in {shared}");
        Parallel.ForEach(names, name =>
        {
            foreach (var kernel in Kernels)
            {
                GoldenCheck.All(new GoldenCase(Path.Combine(shared, name)), kernel);
            }

            RoundTrip(Path.Combine(shared, name));
        });
    }

    [Fact]
    public void The_parity_models_of_the_shared_folder_come_back_byte_for_byte()
    {
        var models = Directory.EnumerateFiles(SharedFolder.Require("parity"), "*.model.txt").ToList();
        Assert.NotEmpty(models);
        Assert.All(models, static path => RoundTripFile(path));
    }

    private static IEnumerable<string> Cases(string folder) =>
        Directory.EnumerateDirectories(folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static void RoundTrip(string folder) =>
        Assert.All(Directory.EnumerateFiles(folder, "model*.txt"), static path => RoundTripFile(path));

    private static void RoundTripFile(string path)
    {
        var text = File.ReadAllText(path);
        var written = LoanRisk.Trees.TreeModel.Parse(text).ToText();
        Assert.Equal(text, written);
        Assert.Equal(File.ReadAllBytes(path), System.Text.Encoding.UTF8.GetBytes(written));
    }
}
