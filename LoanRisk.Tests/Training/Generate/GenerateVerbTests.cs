using LoanRisk.Lending.Models;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline.Data;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training.Generate;

[Slow]
public sealed class GenerateVerbTests(TrainedPeerLoan trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TrainingReference Reference => TrainingReference.FromJson(trained.Package.Text(PackageFiles.Reference));

    [Fact]
    public async Task Made_up_loans_have_the_statistics_of_the_real_ones()
    {
        var data = await ReadAsync("--rows", "6000");
        var made = ReferenceBuilder.Of(PeerLoan.Product, data.Columns, data.Bad, [0.1]);

        Assert.Equal((6_000, 0), (data.RowCount, data.ProblemCount));
        foreach (var (real, copy) in Reference.Features.Zip(made.Features))
        {
            Assert.Equal(real.MissingShare, copy.MissingShare, 0.02);
            if (real.Mean is { } mean)
            {
                Assert.Equal(mean, copy.Mean!.Value, 0.1 * real.StandardDeviation!.Value);
                Assert.InRange(copy.StandardDeviation!.Value / real.StandardDeviation.Value, 0.9, 1.1);
            }
            else
            {
                Assert.All(real.Levels!, l => Assert.Equal(l.Share, copy.Levels!.Single(c => c.Value == l.Value).Share, 0.03));
            }
        }

        // Rate and grade go together in the file, rate and income do not.
        Assert.Equal(Correlation(Reference, "int_rate", "grade"), Correlation(made, "int_rate", "grade"), 0.05);
        Assert.Equal(Correlation(Reference, "int_rate", "annual_inc"), Correlation(made, "int_rate", "annual_inc"), 0.05);
        Assert.True(Correlation(made, "int_rate", "grade") > 0.8);
    }

    [Fact]
    public async Task Values_are_spelled_as_the_data_spells_them()
    {
        await ReadAsync("--rows", "500");

        foreach (var fields in File.ReadLines(_folder["made-up.csv"]).Skip(1).Select(l => l.Split(',')))
        {
            var row = PeerLoan.Product.FeatureNames.Append("is_late").Zip(fields).ToDictionary(p => p.First, p => p.Second);
            Assert.Matches(@"^\d+$", row["loan_amnt"]);
            Assert.Matches(@"^\d+$", row["annual_inc"]);
            Assert.Matches(@"^0\.\d{1,4}$", row["int_rate"]);
            Assert.Matches(@"^\d+(\.\d{1,2})?$", row["dti"]);
            Assert.Contains(row["is_late"], (string[])["0", "1"]);
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public async Task The_late_rate_is_met(double rate)
    {
        var data = await ReadAsync("--rows", "5000", "--late-rate", $"{rate}");

        // Four standard errors of 5,000 draws.
        Assert.Equal(rate, data.BadCount / 5_000.0, 4 * Math.Sqrt(rate * (1 - rate) / 5_000));
    }

    [Fact]
    public async Task Without_a_late_rate_outcomes_follow_the_champion()
    {
        var data = await ReadAsync("--rows", "5000");

        Assert.Equal(Reference.BadRate, data.BadCount / 5_000.0, 0.03);
    }

    [Fact]
    public async Task Shifts_move_what_they_name_and_the_outcomes_with_it()
    {
        var plain = await ReadAsync("--rows", "3000");
        var shifted = await ReadAsync(
            "--rows", "3000", "--shift", "int_rate*1.2,annual_inc-5000,purpose=small_business:0.7,emp_length=missing:0.5");

        var (rate, income) = (
            PeerLoan.Product.FeatureNames.ToList().IndexOf("int_rate"), PeerLoan.Product.FeatureNames.ToList().IndexOf("annual_inc"));
        Assert.Equal(1.2, shifted.Columns[rate].Average() / plain.Columns[rate].Average(), 0.01);
        Assert.Equal(-5_000, shifted.Columns[income].Average() - plain.Columns[income].Average(), 50.0);
        Assert.Equal(0.7, LevelShare(shifted, "purpose", "small_business"), 0.03);
        Assert.Equal(
            0.5, shifted.Columns[PeerLoan.Product.FeatureNames.ToList().IndexOf("emp_length")].Count(double.IsNaN) / 3_000.0, 0.03);
        Assert.True(shifted.BadCount > plain.BadCount);
    }

    [Fact]
    public async Task Several_shares_of_one_feature_are_all_met()
    {
        var shifted = await ReadAsync(
            "--rows",
            "4000",
            "--shift",
            "purpose=car:0.3,purpose=house:0.6,home_ownership=RENT:0.7,home_ownership=OWN:0.2,home_ownership=ANY:0.1");

        Assert.Equal(0.3, LevelShare(shifted, "purpose", "car"), 0.03);
        Assert.Equal(0.6, LevelShare(shifted, "purpose", "house"), 0.03);
        Assert.Equal(0.7, LevelShare(shifted, "home_ownership", "RENT"), 0.03);
        Assert.Equal(0.2, LevelShare(shifted, "home_ownership", "OWN"), 0.03);
    }

    [Fact]
    public async Task The_seed_decides_every_byte()
    {
        await ReadAsync("--rows", "200");
        var first = File.ReadAllText(_folder["made-up.csv"]);
        await ReadAsync("--rows", "200");
        var second = File.ReadAllText(_folder["made-up.csv"]);
        await ReadAsync("--rows", "200", "--seed", "2");

        Assert.Equal(first, second);
        Assert.NotEqual(first, File.ReadAllText(_folder["made-up.csv"]));
    }

    [Theory]
    [InlineData("--rows", "0", "--rows must be from 1")]
    [InlineData("--late-rate", "1", "--late-rate is a share above 0 and below 1")]
    [InlineData("--shift", "nonsense", "is no shift")]
    [InlineData("--shift", "rate*2", "There is no feature \"rate\"")]
    [InlineData("--shift", "int_rate*x", "is no number")]
    [InlineData("--shift", "purpose*2", "purpose has levels")]
    [InlineData("--shift", "purpose=boat:0.3", "purpose has no level \"boat\"")]
    [InlineData("--shift", "purpose=car", "needs a share from 0 to 1")]
    [InlineData("--shift", "purpose=car:2", "needs a share from 0 to 1")]
    [InlineData("--shift", "int_rate=missing:0.2", "int_rate is never missing")]
    [InlineData("--shift", "purpose=car:0.7,purpose=house:0.31", "The shares of purpose add up to 1.01; they may add up to 1 at most.")]
    [InlineData("--shift", "purpose=car:0.2,int_rate*1.1,purpose=car:0.3", "The share of purpose=car is set 2 times")]
    [InlineData("--shift", "emp_length=missing:0.2,emp_length=missing:0.3", "The share of emp_length=missing is set 2 times")]
    [InlineData(
        "--shift", "home_ownership=RENT:0.2,home_ownership=OWN:0.2,home_ownership=ANY:0.2,home_ownership=mortgage:0.2",
        "add up to 0.8, and no level is left")]
    [InlineData("--shift", "int_rate=high:0.2", "it is a number")]
    public async Task Wrong_calls_end_in_a_sentence(string option, string value, string sentence)
    {
        string[] rows = option == "--rows" ? [] : ["--rows", "10"];
        var run = await TestConsole.RunAsync(
            ["generate", "peerloan", "--out", _folder["x.csv"], "--model", trained.ModelFolder, option, value, .. rows]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.False(File.Exists(_folder["x.csv"]));
    }

    public void Dispose() => _folder.Dispose();

    private static double Correlation(TrainingReference reference, string one, string other)
    {
        var names = reference.Features.Select(f => f.Name).ToList();
        return reference.RankCorrelations[names.IndexOf(one)][names.IndexOf(other)];
    }

    private static double LevelShare(DataSet data, string feature, string level)
    {
        var code = PeerLoan.Product.Find(feature)!.CodeOf(level);
        return data.Columns[PeerLoan.Product.FeatureNames.ToList().IndexOf(feature)].Count(v => v == code) / (double)data.RowCount;
    }

    private async Task<DataSet> ReadAsync(params string[] arguments)
    {
        var run = await TestConsole.RunAsync(
            ["generate", "peerloan", "--out", _folder["made-up.csv"], "--model", trained.ModelFolder, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return DataSetReader.Read(_folder["made-up.csv"], PeerLoan.Product);
    }
}
