namespace LoanRisk.Tests.Training.Trees;

[Slow]
public sealed class TreesVerbsTests : IDisposable
{
    private readonly TreesFolder _folder = new();

    [Theory]
    [InlineData(1, "there is no column \"w\"", "trees", "fit", "--data", "DATA", "--label", "w", "--model", "OUT")]
    [InlineData(1, "there is no column \"q\"", "trees", "fit", "--data", "DATA", "--label", "y", "--categorical", "q", "--model", "OUT")]
    [InlineData(
        2, "cannot be a categorical feature", "trees", "fit", "--data", "DATA", "--label", "y", "--categorical", "y", "--model", "OUT")]
    [InlineData(2, "num_leafs", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "num_leafs=4", "--model", "OUT")]
    [InlineData(
        2, "early_stopping_round", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "early_stopping_round=4", "--model", "OUT")]
    [InlineData(1, "line 3: x must be a number, or empty, NA or nan where it is missing; "
        + "it was \"many\".", "trees", "fit", "--data", "TEXT", "--label", "y", "--model", "OUT")]
    [InlineData(1, "name it with --categorical", "trees", "fit", "--data", "TEXT", "--label", "y", "--model", "OUT")]
    [InlineData(2, "from 2 to 131072.\n", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "num_leaves=-2", "--model", "OUT")]
    [InlineData(
        1, "line 3: the label y must be 0 or 1; it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--model", "OUT")]
    [InlineData(1, "line 3: the label y must be a number from 0 to 1 for objective cross_entropy; "
        + "it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=cross_entropy", "--model", "OUT")]
    [InlineData(1, "line 3: the label y must be a whole number from 0 to 4, for num_class is 5; "
        + "it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=multiclass", "--param", "num_class=5",
        "--model", "OUT")]
    [InlineData(1, "line 2: the label z must be a number from 0 to 3.4e38 for objective poisson; "
        + "it was \"-1\".", "trees", "fit", "--data", "LABEL", "--label", "z", "--param", "objective=poisson", "--model", "OUT")]
    [InlineData(1, "line 3: the label z must be a number from -3.4e38 to 3.4e38 for objective regression; "
        + "it was \"1e39\".", "trees", "fit", "--data", "LABEL", "--label", "z", "--param", "objective=regression", "--model", "OUT")]
    [InlineData(1, "line 2: the weight z must be a number from 0 to 3.4e38; "
        + "it was \"-1\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=regression", "--weight", "z",
        "--model", "OUT")]
    [InlineData(1, "there is no column \"w\"", "trees", "fit", "--data", "DATA", "--label", "y", "--weight", "w", "--model", "OUT")]
    [InlineData(
        2, "The weight y cannot be the label too.", "trees", "fit", "--data", "DATA", "--label", "y", "--weight", "y", "--model", "OUT")]
    [InlineData(2, "num_class is 1; it must be at least 2 for "
        + "objective multiclass", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "objective=multiclass", "--model", "OUT")]
    [InlineData(
        2, "early_stopping_round is 4; it must be 0 for boosting dart", "trees", "fit", "--data", "DATA", "--label", "y", "--param",
        "boosting=dart", "--param", "early_stopping_round=4", "--model", "OUT")]
    [InlineData(2, "would overwrite", "trees", "fit", "--data", "DATA", "--label", "y", "--model", "DATA")]
    [InlineData(1, "Model text, line", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT")]
    [InlineData(2, "There is no file", "trees", "predict", "--model", "none.txt", "--data", "DATA", "--out", "OUT")]
    [InlineData(2, "--kind", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT", "--kind", "shape")]
    [InlineData(
        2, "probability, raw, contrib, leaf", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT", "--kind", "2")]
    [InlineData(2, "guess", "trees", "guess")]
    public async Task Wrong_calls_and_unusable_files_end_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        _folder.WriteData("train.csv", 100, seed: 6);
        File.WriteAllText(_folder["text.csv"], "x,y\n1,0\nmany,1\n");
        File.WriteAllText(_folder["label.csv"], "x,y,z\n1,0,-1\n2,7,1e39\n");
        var files = new Dictionary<string, string>
        {
            ["DATA"] = _folder["train.csv"], ["TEXT"] = _folder["text.csv"], ["LABEL"] = _folder["label.csv"], ["OUT"] = _folder["out"],
        };

        var run = await TestConsole.RunAsync([.. arguments.Select(a => files.GetValueOrDefault(a, a))]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.False(File.Exists(_folder["out"]));
    }

    public void Dispose() => _folder.Dispose();
}
