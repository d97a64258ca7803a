using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Evaluation.Effects;

public sealed class FeatureEffectsTests
{
    private const double None = double.NaN;

    // Effects by hand: see TinyModel, whose stumps say what each value adds.
    private static readonly double[][] Columns =
    [
        [500, 1000, 1500, 2500], [0.05, None, 0.2, 0.3], [0, 1, 1, 0], [0, 1, None, 2], [0, 2, 1, 3],
    ];

    private static readonly FeatureEffects Effects = FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, Columns, new EffectSample(1));

    [Fact]
    public void Importance_by_hand()
    {
        Assert.Equal((4, -0.2), (Effects.Loans, Math.Round(Effects.BaseValue, 12)));
        Assert.Equal(["amount", "rating", "owner", "rate", "region"], Effects.Features.Select(f => f.Name));
        Assert.Equal([1, 0.5, 0.5, 0.3, 0.25], Effects.Features.Select(f => Math.Round(f.MeanAbsolute, 12)));
        Assert.Equal(1, Effects.Features.Sum(f => f.Share), 1e-12);
        Assert.Equal(1 / 2.55, Effects.Features[0].Share, 1e-12);
    }

    [Fact]
    public void Dependence_by_hand()
    {
        Assert.Equal(
            [("500", -0.5), ("1000", -0.5), ("1500", 1.5), ("2500", 1.5)], Of("amount").Bins.Select(b => (b.Text, Math.Round(b.Mean, 12))));
        Assert.Equal([("0.05", 1), ("0.2", 1), ("0.3", 1), ("not given", 1)], Of("rate").Bins.Select(b => (b.Text, b.Loans)));
        Assert.Equal([-0.3, 0.3, 0.3, -0.3], Of("rate").Bins.Select(b => Math.Round(b.Mean, 12)));
        Assert.Equal([("No", 2, 0.6), ("Yes", 2, -0.4)], Of("owner").Bins.Select(b => (b.Text, b.Loans, Math.Round(b.Mean, 12))));
        Assert.Equal(["North", "East", "South", "any other"], Of("region").Bins.Select(b => b.Text));
    }

    [Fact]
    public void Many_values_become_twenty_bins()
    {
        var random = new SeededRandom(8);
        var columns = Enumerable.Range(0, 5)
            .Select(f => Enumerable.Range(0, 3000).Select(_ => f == 0 ? random.NextDouble() * 3000 : random.NextBelow(2)).ToArray())
            .ToArray();

        var amount = FeatureEffects.Of(
            TinyModel.Trees,
            TinyLoan.Product,
            columns,
            new EffectSample(1)).Features.Single(f => f.Name == "amount");

        Assert.Equal((20, 3000), (amount.Bins.Count, amount.Bins.Sum(b => b.Loans)));
        Assert.True(amount.Bins.Zip(amount.Bins.Skip(1)).All(b => b.First.To < b.Second.From));
        Assert.Equal((columns[0].Min(), columns[0].Max()), (amount.Bins[0].From, amount.Bins[^1].To));
        Assert.All(amount.Bins, b => Assert.InRange(b.Mean, b.Low, b.High));
        var mixed = amount.Bins.Single(b => b.From <= 1000 && b.To > 1000);
        Assert.Equal((-0.5, 1.5), (Math.Round(mixed.Low, 12), Math.Round(mixed.High, 12)));
    }

    [Fact]
    public void A_sample_is_drawn_by_the_seed_without_putting_back()
    {
        var rows = RowSample.Of(1000, 100, seed: 3);

        Assert.Equal(100, rows.Distinct().Count());
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(rows, RowSample.Of(1000, 100, seed: 3));
        Assert.NotEqual(rows, RowSample.Of(1000, 100, seed: 4));
        Assert.Equal([0, 1, 2], RowSample.Of(3, 3, seed: 1));
        // Every row has the same chance.
        var counts = Enumerable.Range(0, 4000).SelectMany(s => RowSample.Of(8, 3, s)).CountBy(r => r).ToDictionary();
        Assert.All(Enumerable.Range(0, 8), r => Assert.InRange(counts[r], 1380, 1620));
        Assert.Equal(2, FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, Columns, new EffectSample(1, 2)).Loans);
    }

    [Fact]
    public void Effects_survive_json_and_do_not_depend_on_the_threads()
    {
        var text = JsonSerializer.Serialize(Effects);

        Assert.Equal(
            text, JsonSerializer.Serialize(FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, Columns, new EffectSample(1), threads: 2)));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<FeatureEffects>(text)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, Columns[..4], new EffectSample(1)));
        Assert.Throws<ArgumentException>(() => FeatureEffects.Of(TinyModel.Trees, PeerLoan.Product, Columns, new EffectSample(1)));
        Assert.Throws<ArgumentException>(
            () => FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, [[], [], [], [], []], new EffectSample(1)));
        Assert.Throws<ArgumentException>(
            () => FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, [[1], .. Columns[1..]], new EffectSample(1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FeatureEffects.Of(TinyModel.Trees, TinyLoan.Product, Columns, new EffectSample(1, 0)));
    }

    [Fact]
    public void Stability_over_folds_by_hand()
    {
        var stability = FoldStability.Of([0.7, 0.72, 0.74]);

        Assert.Equal((0.72, 0.7, 0.74), (Math.Round(stability.Mean, 12), stability.Lowest, stability.Highest));
        Assert.Equal(0.02, stability.StandardDeviation, 1e-12);
        Assert.Throws<ArgumentException>(() => FoldStability.Of([0.7]));
    }

    private static FeatureEffect Of(string name) => Effects.Features.Single(f => f.Name == name);
}
