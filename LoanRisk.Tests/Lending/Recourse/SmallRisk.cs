using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Trees;

namespace LoanRisk.Tests.Lending.Recourse;

/// <summary>
/// A random product with a random model: every kind of feature and split, missing values, knock-out rules, directions, steps and limits.
/// </summary>
internal sealed class SmallRisk
{
    private const int Rows = 60;

    private readonly Random _random;

    private SmallRisk(int seed)
    {
        _random = new Random(seed);
        var product = TinyLoan.Product with
        {
            Ids = [], Date = null, FairnessAttributes = [], Examples = [], Groups = [new FeatureGroup("all", "All")],
            Features = [Count(), Share(), Rank(), Kind(), Held()],
        };
        Product = product with { Policy = Policy(product) };
        Columns = [.. Product.Features.Select(_ => new double[Rows])];
        for (var row = 0; row < Rows; row++)
        {
            Fill(row);
        }

        Engine = new DecisionEngine(Product, Package());
        Application = Checked(Product, RandomValues());
    }

    public LoanProduct Product { get; }

    /// <summary>The rows of training; null in half of all, whose package says nothing about them.</summary>
    public double[][] Columns { get; }

    public TrainingReference? Reference { get; private set; }

    public DecisionEngine Engine { get; }

    public LoanApplication Application { get; }

    public static SmallRisk Of(int seed) => new(seed);

    /// <summary>The application with other values.</summary>
    public static LoanApplication Checked(LoanProduct product, IEnumerable<string?> values)
    {
        var check = LoanApplication.Check(
            product,
            product.FeatureNames.Zip(values).ToDictionary(v => v.First, v => FieldValue.OfText(v.Second), StringComparer.Ordinal),
            InputStyle.Text);
        Assert.Empty(check.Problems);
        return check.Application!;
    }

    private Feature Count() => Number("count") with
    {
        Integer = true, Allowed = new(-4, 4), Seen = new(-3, 3), Monotone = _random.Next(-1, 2),
        Change = Chance() ? new ChangeRule(Direction(), _random.Next(1, 3), Chance() ? _random.Next(2, 6) : null) : ChangeRule.Any,
    };

    private Feature Share() => Number("share") with
    {
        Allowed = new(-3, 3), Seen = new(-2, 2), MayBeMissing = true,
        Change = new ChangeRule(Direction(), _random.Next(3) switch { 0 => 0.25, 1 => 0.3, _ => 0.7 }),
    };

    private Feature Rank() => Number("rank") with
    {
        Kind = FeatureKind.Ordinal, Levels = Levels("low", "mid", "high", "top"), MayBeMissing = true, Monotone = _random.Next(-1, 2),
        Change = Chance() ? null : new ChangeRule(Direction()),
    };

    private Feature Kind() => Number("kind") with
    {
        Kind = FeatureKind.Nominal, Levels = Levels("a", "b", "c", "d"), Change = Chance() ? null : ChangeRule.Any,
    };

    private Feature Held() => Number("held") with { Allowed = new(-4, 4), Seen = new(-3, 3), MayBeMissing = true };

    private static Feature Number(string name) => new()
    {
        Name = name, Label = name, Help = name, Group = "all", Kind = FeatureKind.Numeric, Reason = "it raises the risk",
    };

    private static Level[] Levels(params string[] names) => [.. names.Select(name => new Level(name, name))];

    private Policy Policy(LoanProduct product)
    {
        var approve = 0.2 + (0.3 * _random.NextDouble());
        KnockOut[] rules =
        [
            new("below", "count", KnockOutTest.Below, _random.Next(-3, 1), [], "Too little."),
            new("above", "share", KnockOutTest.Above, _random.Next(0, 3), [], "Too much."),
            new("kind", "kind", KnockOutTest.OneOf, 0, ["b"], "Not this kind."),
            new("held", "held", KnockOutTest.Above, 2.5, [], "Too much held."),
        ];
        return product.Policy with
        {
            ApproveBelow = approve, DeclineFrom = approve + (0.3 * _random.NextDouble()), ReferUnseen = Chance(),
            KnockOuts = [.. rules.Where(_ => Chance())],
        };
    }

    // Rows of training never have the last level of either list.
    private void Fill(int row)
    {
        var values = Checked(Product, [$"{_random.Next(-3, 4)}", Quarters(2), RankText(3), KindText(3), Quarters(3)]).Row;
        for (var feature = 0; feature < Columns.Length; feature++)
        {
            Columns[feature][row] = values[feature];
        }
    }

    private string?[] RandomValues() =>
    [
        $"{_random.Next(-4, 5)}",
        Chance(8) ? null : Quarters(3),
        Chance(8) ? null : RankText(4),
        Chance(8) ? "other" : KindText(4),
        Quarters(4),
    ];

    private string Quarters(int most) => $"{_random.Next(-4 * most, (4 * most) + 1) / 4.0}";

    private string RankText(int count) => Product.Features[2].Levels[_random.Next(count)].Value;

    private string KindText(int count) => Product.Features[3].Levels[_random.Next(count)].Value;

    private ModelPackage Package()
    {
        var trees = RandomModel.Of(_random, trees: _random.Next(1, 9), leaves: _random.Next(2, 9), Product.Features.Count);
        var named = new LoanRisk.Trees.TreeModel
        {
            Objective = "binary sigmoid:1", FeatureNames = [.. Product.FeatureNames],
            FeatureInfos = trees.FeatureInfos, Trees = trees.Trees,
        };
        bool[] bad = [.. Enumerable.Range(0, Rows).Select(_ => Chance())];
        Reference = Chance() ? ReferenceBuilder.Of(Product, Columns, bad, [.. bad.Select(_ => _random.NextDouble())]) : null;
        ProbabilityCalibration calibration = Chance()
            ? PlattCalibration.Identity
            : new IsotonicCalibration([new(-0.5, 0.1), new(0, 0.1), new(0.5, 0.7)]);
        return ModelPackage.Create(
            Product,
            new PackageParts(named, calibration, "{}\n", Reference?.ToJson() ?? "{}\n", "# Small\n"),
            TinyModel.Facts,
            Product.FeatureNames.Zip<string, string?>(["1", "0.5", "mid", "a", "0"]).ToDictionary(v => v.First, v => v.Second));
    }

    private ChangeDirection Direction() => (ChangeDirection)_random.Next(3);

    private bool Chance(int outOf = 2) => _random.Next(outOf) == 0;
}
