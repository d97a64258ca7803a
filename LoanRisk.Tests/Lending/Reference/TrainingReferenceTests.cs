using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Reference;

public sealed class TrainingReferenceTests
{
    private static readonly string[] Names = [.. PeerLoan.Product.FeatureNames];

    [Fact]
    public void A_small_table_by_hand()
    {
        // Four loans: everything alike but rate, grade, purpose and tenure.
        var columns = Names.Select(n => n switch
        {
            "int_rate" => new[] { 0.10, 0.1000000000001, 0.20, 0.30 },
            "grade" => [1, 1, 2, 2],
            "purpose" => [1.0, 0, 1, 0],
            "emp_length" => [double.NaN, 0, 10, 10],
            _ => [0.0, 0, 0, 0],
        }).ToArray();

        var reference = ReferenceBuilder.Of(PeerLoan.Product, columns, [true, false, true, false], [0.1, 0.2, 0.3]);

        Assert.Equal(0.5, reference.BadRate);
        var rate = Feature(reference, "int_rate");
        Assert.Equal(
            (0.175, 1), (rate.Mean!.Value, rate.Decimals!.Value), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-9 && a.Item2 == b.Item2);
        Assert.Equal(4, rate.Values!.Count);
        Assert.Equal(0.25, Feature(reference, "emp_length").MissingShare);
        Assert.Equal(2.0 / 3, Feature(reference, "emp_length").Levels!.Single(l => l.Value == "10+ years").Share, 1e-12);

        // Nominal levels stand by their bad rate: purpose 0 never bad, purpose 1 always.
        var purpose = Feature(reference, "purpose").Levels!;
        Assert.Equal((0.5, 1.0), (purpose[^1].Share, purpose[^1].BadRate));
        Assert.Equal(PeerLoan.Product.Find("purpose")!.Levels[1].Value, purpose[^1].Value);
        Assert.True(Correlation(reference, "int_rate", "grade") > 0.8);
        Assert.True(Correlation(reference, "int_rate", "emp_length") > 0.8);
        Assert.Equal(0, Correlation(reference, "int_rate", "dti"));
        Assert.Equal(0.2, reference.ProbabilityQuantiles.Single(q => q.Share == 0.5).Value, 1e-12);
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_text()
    {
        var columns = Names.Select(
            (_, f) => Enumerable.Range(0, 200).Select(i => f == 0 ? i * 25.0 : (i * (f + 3)) % 4).ToArray()).ToArray();
        var json = ReferenceBuilder.Of(
            PeerLoan.Product, columns, [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0)], [0.1, 0.2]).ToJson();

        Assert.NotNull(TrainingReference.FromJson(json).Features[0].Quantiles);
        Assert.Equal(json, TrainingReference.FromJson(json).ToJson());
    }

    [Theory]
    [InlineData("\"rows\": 200", "\"rows\": 0", "$.rows")]
    [InlineData("\"badRate\": 0", "\"badRate\": 7", "$.badRate")]
    [InlineData("\"missingShare\": 0", "\"missingShare\": -1", "$.features[0].missingShare")]
    [InlineData("\"decimals\": 0", "\"decimals\": 99", "$.features[0].decimals")]
    [InlineData("\"share\": 1,", "\"share\": 0.3,", "$.features[0].quantiles")]
    [InlineData("\"product\"", "\"produce\"", "produce")]
    public void A_damaged_file_is_refused_and_its_place_named(string from, string to, string place)
    {
        var columns = Names.Select((_, f) => Enumerable.Range(0, 200).Select(i => f == 0 ? i * 25.0 : i % 2).ToArray()).ToArray();
        var json = ReferenceBuilder.Of(
            PeerLoan.Product, columns, [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0)], [0.1, 0.2]).ToJson();
        var at = json.IndexOf(from, StringComparison.Ordinal);

        var error = Assert.Throws<FormatException>(() => TrainingReference.FromJson(json[..at] + to + json[(at + from.Length)..]));

        Assert.Contains(place, error.Message);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-9, -5.997807015007682)]
    public void Normal_quantiles_are_the_tables(double share, double value)
    {
        Assert.Equal(value, NormalQuantile.Of(share), 1e-7);
        Assert.Equal(share, NormalQuantile.ShareBelow(value), share * 1e-8);
    }

    private static FeatureReference Feature(TrainingReference reference, string name) => reference.Features.Single(f => f.Name == name);

    private static double Correlation(TrainingReference reference, string one, string other) =>
        reference.RankCorrelations[Array.IndexOf(Names, one)][Array.IndexOf(Names, other)];
}
