using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Train;
using System.Globalization;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training.Init;

/// <summary>A product file drafted from a table: what is guessed, what is left out and said, and that it works at once.</summary>
[Slow]
public sealed class InitVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("german_credit.csv", "Creditability", "0", 17)]
    [InlineData("lendingclub_closed_loans.csv", "outcome", "default", 14)]
    [InlineData("peerloan_train.csv", "is_late", "1", 10)]
    public async Task A_real_table_becomes_a_product_that_reads_it_whole(string file, string target, string bad, int features)
    {
        var path = SharedFolder.Require("data", file);

        var product = await DraftAsync("drafted", path);

        Assert.Equal((target, bad, features), (product.Target.Column, product.Target.Bad, product.Features.Count));
        var data = DataSetReader.Read(path, product, null, TestContext.Current.CancellationToken);
        Assert.Equal(0, data.ProblemCount);
        Assert.Empty(data.Warnings);
        Assert.InRange((double)data.BadCount / data.RowCount, product.Policy.ApproveBelow, product.Policy.DeclineFrom);
    }

    [Fact]
    public async Task The_twin_of_the_outcome_and_coarser_copies_are_left_out_and_said()
    {
        var run = await RunAsync("lc", SharedFolder.Require("data", "lendingclub_closed_loans.csv"));

        Assert.Matches(@"status\s+│ left out: it alone tells the outcome \(AUC 1\.000\)", run.Output);
        Assert.Matches(@"purpose_\s+│ left out: it repeats purpose more coarsely", run.Output);
        Assert.Matches(@"home_\s+│ left out: it repeats home_ownership more coarsely", run.Output);
        Assert.Matches(@"emp_len_\s+│ left out: it repeats emp_length more coarsely", run.Output);
    }

    [Fact]
    public async Task Kinds_order_units_and_gaps_are_guessed_from_values_and_names()
    {
        var product = await DraftAsync("peers", SharedFolder.Require("data", "peerloan_train.csv"));

        Feature Of(string name) => product.Find(name)!;
        Assert.Equal((FeatureKind.Numeric, Unit.Money, true), (Of("loan_amnt").Kind, Of("loan_amnt").Unit, Of("loan_amnt").Integer));
        Assert.Equal((Unit.Fraction, Unit.Percent), (Of("int_rate").Unit, Of("dti").Unit));
        Assert.Equal((FeatureKind.Ordinal, "A", "G"), (Of("grade").Kind, Of("grade").Levels[0].Value, Of("grade").Levels[^1].Value));
        Assert.Equal(["< 1 year", "1 year", "2 years"], Of("emp_length").Levels.Take(3).Select(l => l.Value));
        Assert.Equal("10+ years", Of("emp_length").Levels[^1].Value);
        Assert.Equal((true, false), (Of("revol_util").MayBeMissing, Of("dti").MayBeMissing));
        Assert.Equal((FeatureKind.Nominal, "Debt consolidation"), (Of("purpose").Kind, Of("purpose").Levels[0].Label));
    }

    [Fact]
    public async Task Names_that_json_does_not_take_get_one_of_their_own_and_the_draft_trains_at_once()
    {
        var path = SharedFolder.Require("data", "german_credit.csv");
        var product = await DraftAsync("german", path);

        Assert.Equal("duration_of_credit_month", product.Features.Single(f => f.Column == "Duration of Credit (month)").Name);
        Assert.Equal(["Sex & Marital Status", "Age (years)", "Foreign Worker"], product.FairnessAttributes);
        Assert.Equal(
            (FeatureKind.Ordinal, FeatureKind.Nominal),
            (product.Find("account_balance")!.Kind, product.Features.Single(f => f.Column == "Purpose").Kind));
        var data = DataSetReader.Read(path, product, null, TestContext.Current.CancellationToken);
        var options = new TrainingOptions { Parameters = [new("num_iterations", "150")] };
        var model = TrainingRun.Run(data, options, TestConsole.Clock(), SilentProgress.Instance, TestContext.Current.CancellationToken);
        Assert.InRange(model.Metrics.CrossValidation!.Auc, 0.74, 0.85);
    }

    [Fact]
    public async Task Columns_that_can_be_no_feature_are_left_out_and_each_is_told()
    {
        File.WriteAllLines(_folder["odd.csv"], OddTable(200));

        var run = await RunAsync("odd", _folder["odd.csv"]);
        var product = ProductFolder.ReadAll(_folder["products"]).Single();

        Assert.Equal(["price", "income", "region", "savings", "flag", "size"], product.Features.Select(f => f.Name));
        Assert.Equal([new IdColumn("Loan-ID", "Loan-ID", true), new IdColumn("token", "Token", false)], product.Ids);
        Assert.Equal(new DateColumn("paid out", "Paid out", "dd.MM.yyyy"), product.Date);
        Assert.Equal(["-", "unknown"], product.Find("savings")!.MissingSpellings);
        Assert.Equal(["small", "medium", "large"], product.Find("size")!.Levels.Select(l => l.Value));
        Assert.Equal(["no", "yes"], product.Find("flag")!.Levels.Select(l => l.Value));
        string[] leftOut =
        [
            "closed\\s+│ left out: it is a date", "country\\s+│ left out: it is always DE", "notes\\s+│ left out: it is empty",
            "comment\\s+│ left out: 200 different texts", "collected\\s+│ left out: it alone tells",
            "\\(no name\\)\\s+│ left out: its header",
        ];
        foreach (var told in leftOut)
        {
            Assert.Matches(told, run.Output);
        }

        Assert.Contains("1 row cannot be read and was left out; the first is line 202", run.Output);
        Assert.Equal(200, DataSetReader.Read(_folder["odd.csv"], product, null, TestContext.Current.CancellationToken).RowCount);
    }

    [Theory]
    [InlineData("target,x\n1,2\n0,3\n", "there already", "exists")]
    [InlineData("target,x\n1,2\n0,3\n", "lower-case letters, digits and hyphens", "My Product")]
    [InlineData("target,x\n1,2\n0,3\n", "lower-case letters, digits and hyphens", "../up")]
    [InlineData("a,b\n1,1\n2,2\n3,3\n", "none has exactly two different values", "fresh")]
    [InlineData("a,b,c\n1,1,5\n2,2,6\n1,2,7\n", "--target COL --bad VALUE. Two values have: a (1, 2), b (", "fresh")]
    [InlineData("a,c\n1,5\n2,6\n1,7\n", "No column says by its name or its values that it is the outcome", "fresh")]
    [InlineData("target,x\nA,2\nB,3\n", "Nothing says which value of target is the bad one, A or B. Name it: "
        + "--target target --bad B, or --bad A", "fresh")]
    [InlineData("Loan_Status,x\nY,2\nN,3\n", "Nothing says which value of Loan_Status is the bad one", "fresh")]
    [InlineData("default,y,x\nyes,no,3\nno,no,4\nno,yes,3\n", "More than one column may be the outcome: default, y", "fresh")]
    [InlineData("sex,foreign,x\n1,0,2\n0,1,3\n", "No column says", "fresh")]
    [InlineData("loan_status,x\nFully Paid,2\nCharged Off,3\nCurrent,4\n", "loan_status has 3 different values (Fully Paid, Charged Off, "
        + "Current). Keep the rows whose outcome is final", "fresh")]
    [InlineData("bad,b\n1,1\n0,2\n", "has no column \"outcome\"", "fresh", "--target", "outcome")]
    [InlineData("bad,b\n1,1\n0,2\n1,3\n", "b has 3 different values", "fresh", "--target", "b")]
    [InlineData("bad,b\n1,1\n0,2\n", "\"2\" is no value of bad; it has", "fresh", "--bad", "2")]
    public async Task A_wrong_call_is_answered_with_what_to_do(string csv, string said, string id, params string[] more)
    {
        File.WriteAllText(_folder["in.csv"], csv);
        Directory.CreateDirectory(_folder["products", "exists"]);

        var run = await TestConsole.RunAsync(["init", id, "--from", _folder["in.csv"], "--out", _folder["products"], .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error);
        Assert.False(Path.Exists(_folder["products", "fresh"]));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("target,x\n", "no row that can be read by column")]
    [InlineData("target,x\n1,5\n0,5\n", "no column that a model could use: target: target")]
    [InlineData("\u0000\u0001PNG\u0000,\n", "is not UTF-8 text")]
    public async Task A_file_that_holds_nothing_to_learn_from_is_refused(string content, string said)
    {
        File.WriteAllText(_folder["in.csv"], content);

        var run = await RunAsync("fresh", _folder["in.csv"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error);
        Assert.False(Path.Exists(_folder["products", "fresh"]));
    }

    [Theory]
    [InlineData("paid", "yes,no", "no")]
    [InlineData("defaulted", "yes,no", "yes")]
    [InlineData("state", "repaid,charged off", "charged off")]
    [InlineData("status", "approved,rejected", "rejected")]
    [InlineData("status", "granted,declined", "declined")]
    [InlineData("loan_status", "Fully Paid,Charged Off", "Charged Off")]
    [InlineData("Approved", "+,-", "-")]
    [InlineData("bad", "0.0,1.0", "1.0")]
    [InlineData("bad", "good,not good", "not good")]
    [InlineData("SeriousDlqin2yrs", "0,1", "1")]
    [InlineData("default.payment.next.month", "0,1", "1")]
    [InlineData("is_late", "False,True", "True")]
    [InlineData("Ausfall", "nein,ja", "ja")]
    public async Task Which_value_is_bad_is_what_its_name_or_words_say_however_rare(string column, string values, string bad)
    {
        var (first, second) = (values.Split(',')[0], values.Split(',')[1]);
        File.WriteAllLines(
            _folder["in.csv"], [$"{column},x", .. Enumerable.Range(0, 90).Select(i => $"{(i % 3 == 0 ? second : first)},{i * 37 % 91}")]);

        Assert.Equal(bad, (await DraftAsync("guess", _folder["in.csv"])).Target.Bad);
    }

    private static IEnumerable<string> OddTable(int rows)
    {
        var random = new SeededRandom(7);
        yield return "Loan-ID,token,paid out,closed,country,notes,comment,price,income,Region!,savings,flag,size,collected,,default";
        for (var i = 0; i < rows; i++)
        {
            var bad = random.NextBelow(4) == 0;
            var date = new DateOnly(2024, 1, 1).AddDays(random.NextBelow(600));
            yield return string.Join(',', [
                $"{7_000 + i}",
                $"t{i * 7919 % 9973:x}",
                date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
                date.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "DE",
                "",
                $"said {i} things",
                $"$1{i:000}",
                $"{1_000 + (random.NextBelow(500) * 10)}",
                new[] { "N", "E", "S" }[random.NextBelow(3)],
                i % 20 == 0 ? "unknown" : i % 30 == 1 ? "-" : $"{random.NextBelow(900)}",
                i % 3 == 0 ? "yes" : "no",
                new[] { "small", "large", "medium" }[random.NextBelow(3)],
                bad ? $"{50 + random.NextBelow(50)}" : "0",
                "x",
                bad ? "1" : "0"]);
        }

        yield return "broken,row";
    }

    private async Task<LoanProduct> DraftAsync(string id, string path)
    {
        var run = await RunAsync(id, path);
        Assert.Equal((0, id), (run.ExitCode, id));
        return ProductFolder.ReadAll(_folder["products"]).Single(p => p.Id == id);
    }

    private Task<TestConsole> RunAsync(string id, string path) =>
        TestConsole.RunAsync("init", id, "--from", path, "--out", _folder["products"]);
}
