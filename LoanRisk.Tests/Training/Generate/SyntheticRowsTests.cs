using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Training.Generate;

namespace LoanRisk.Tests.Training.Generate;

/// <summary>Rows of products that have no model: drawn from the product file alone.</summary>
[Slow]
public sealed class SyntheticRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<TheoryDataRow<string>> Products =>
        ProductFolder.ReadAll(PeerLoan.ProductsFolder).Select(p => new TheoryDataRow<string>(p.Id));

    [Theory]
    [MemberData(nameof(Products))]
    public void Every_product_can_be_drawn_from_and_reads_its_rows_back(string id)
    {
        var product = ProductFolder.ReadAll(PeerLoan.ProductsFolder).Single(p => p.Id == id);

        var data = Generate(product, rows: 3_000);

        Assert.Equal((3_000, 0), (data.RowCount, data.ProblemCount));
        Assert.Empty(data.UnusedColumns);
        Assert.Empty(data.Warnings);
        Assert.Equal(product.SyntheticBadRate ?? SyntheticReference.UsualBadRate, (double)data.BadCount / data.RowCount, 0.03);
        foreach (var (column, feature) in data.Columns.Zip(product.Features))
        {
            Assert.Equal(feature.Synthetic?.MissingShare ?? 0, (double)column.Count(double.IsNaN) / column.Length, 0.04);
            Assert.True(column.Where(double.IsFinite).Distinct().Count() > 1, feature.Name);
        }
    }

    [Fact]
    public void The_named_columns_come_first_and_ids_tell_rows_apart()
    {
        Generate(TinyLoan.Product, rows: 50);

        var lines = File.ReadLines(_folder["rows.csv"]).Select(l => l.Split(',')).ToList();
        Assert.Equal(["Client no.", "paid out", "Amount asked for", "rate", "owner", "rating", "region", "bad"], lines[0]);
        Assert.Equal(50, lines.Skip(1).Select(l => l[0]).Distinct().Count());
        Assert.All(
            lines.Skip(1),
            l => Assert.InRange(TinyLoan.Product.Date!.Read(l[1])!.Value, new DateOnly(2024, 1, 1), new DateOnly(2025, 12, 31)));
    }

    [Fact]
    public void Values_are_distributed_as_the_product_file_says()
    {
        var data = Generate(TinyLoan.Product, rows: 4_000);

        var amounts = data.Columns[0].Order().ToArray();
        Assert.Equal(500, Quantile.OfSorted(amounts, 0.5), 40d);
        Assert.InRange(Quantile.OfSorted(amounts, 0.25), 260, 340);
        Assert.Equal(0.5, Share(data.Columns[3], 0), 0.03);
        Assert.Equal(0, Share(data.Columns[3], 1));
        Assert.Equal(1 / 3.0, Share(data.Columns[4], 2), 0.03);

        static double Share(double[] column, double value) => (double)column.Count(v => v == value) / column.Count(double.IsFinite);
    }

    [Fact]
    public void Risk_follows_the_effects_of_the_product_file()
    {
        var data = Generate(TinyLoan.Product, rows: 4_000);

        // An effect of 0.5 on the amount, 0.4 downwards on owning by its direction, none on the region.
        Assert.InRange(AucOf(data.Columns[0]), 0.58, 0.7);
        Assert.InRange(AucOf(data.Columns[2]), 0.35, 0.46);
        Assert.InRange(AucOf(data.Columns[4]), 0.46, 0.54);

        double AucOf(double[] column) => Metrics.Of(new ScoredLoans([.. column.Select(v => 1 / (1 + Math.Exp(-v / 1000)))], data.Bad)).Auc;
    }

    [Fact]
    public async Task A_product_without_a_champion_makes_up_rows_that_train_a_model()
    {
        var clients = await TestConsole.RunAsync("generate", "attrition", "--rows", "1200", "--seed", "3", "--out", _folder["clients.csv"]);
        Assert.Equal(0, clients.ExitCode);
        Assert.Contains("Client attrition has no champion yet; the rows follow the product file alone.", clients.Output);
        Assert.Matches("1,200 made-up clients, [34]\\d\\d lost", clients.Output);

        var trained = await TestConsole.RunAsync(
            "train",
            "attrition",
            "--data",
            _folder["clients.csv"],
            "--out",
            _folder["model"],
            "--monotone",
            "all",
            "--param",
            "num_iterations=60");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.DoesNotContain("left aside", trained.Output);
        var card = File.ReadAllText(_folder["model", "card.md"]);
        Assert.Contains("The model gives the probability that a client is lost", card);
        Assert.Contains("It does not say that a call or an offer would keep them", card);
        Assert.Contains("Source of the data | Corporate clients", card);

        var scored = await TestConsole.RunAsync(
            "score", "attrition", "--in", _folder["clients.csv"], "--out", _folder["scored.csv"], "--model", _folder["model"]);
        Assert.Equal(0, scored.ExitCode);
        Assert.StartsWith("corporation,lastmonth_activity", File.ReadLines(_folder["scored.csv"]).First());
    }

    [Fact]
    public async Task A_product_with_a_date_is_tested_on_its_newest_rows_and_its_card_says_so()
    {
        Directory.CreateDirectory(_folder["products", "tiny"]);
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder["products", "tiny", "product.json"], TinyLoan.Json);

        var made = await TestConsole.RunInAsync(
            _folder["data"], _folder["products"], ["generate", "tiny", "--rows", "800", "--out", _folder["tiny.csv"]]);
        var trained = await TestConsole.RunInAsync(
            _folder["data"],
            _folder["products"],
            ["train", "tiny", "--data", _folder["tiny.csv"], "--out", _folder["model"], "--param", "num_iterations=20"]);

        Assert.True(made.ExitCode + trained.ExitCode == 0, made.Error + trained.Error);
        var card = File.ReadAllText(_folder["model", "card.md"]);
        Assert.Matches(@"Period of the loans \| \d+ Jan 2024 to \d+ Dec 2025", card);
        Assert.Contains("The test rows are the newest, later than all others", card);
        Assert.Contains("later than those that were learnt from", card);
    }

    [Fact]
    public async Task A_card_names_the_protected_attributes_that_the_model_uses()
    {
        await TestConsole.RunAsync("generate", "german-credit", "--rows", "400", "--out", _folder["made-up.csv"]);
        var trained = await TestConsole.RunAsync(
            "train",
            "german-credit",
            "--data",
            _folder["made-up.csv"],
            "--out",
            _folder["model"],
            "--monotone",
            "none",
            "--param",
            "num_iterations=20");

        Assert.True(trained.ExitCode == 0, trained.Error);
        var card = File.ReadAllText(_folder["model", "card.md"]);
        Assert.Contains("The model does use Age, Dependents, which", card);
        Assert.Contains("CC BY 4.0", card);
        Assert.Contains("Hans Hofmann", card);
    }

    public void Dispose() => _folder.Dispose();

    private DataSet Generate(LoanProduct product, int rows)
    {
        var options = new GenerationOptions(rows, Seed: 5, BadRate: null, Shifts: []);
        new GenerationRun(product, SyntheticRowSource.Of(product), options).Run(
            _folder["rows.csv"], new Progress<double>(), TestContext.Current.CancellationToken);
        return DataSetReader.Read(_folder["rows.csv"], product);
    }
}
