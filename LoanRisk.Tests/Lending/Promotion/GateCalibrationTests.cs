using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;

namespace LoanRisk.Tests.Lending.Promotion;

/// <summary>Whether a candidate's probabilities are honest enough to serve.</summary>
[Slow]
public sealed class GateCalibrationTests : GateTests
{
    [Fact]
    public void Timid_and_boastful_probabilities_fail_by_their_slope()
    {
        var timid = Array.ConvertAll(Loans.Signal, p => 1 / (1 + Math.Sqrt((1 - p) / p)));
        var boastful = Array.ConvertAll(Loans.Signal, p => 1 / (1 + Math.Pow((1 - p) / p, 2)));

        Assert.EndsWith("the probabilities are too timid.", Failed(Judge(timid, Loans.Blurred), "calibrationSlope").Sentence);
        Assert.EndsWith("the probabilities are too spread out.", Failed(Judge(boastful, Loans.Blurred), "calibrationSlope").Sentence);
        var wide = Product with { Promotion = PromotionRule.Default with { CalibrationSlope = new ValueRange(0.3, 3) } };
        Assert.True(Judge(timid, Loans.Blurred, wide).Checks[1].Passed);
    }

    [Fact]
    public void Probabilities_that_are_too_high_all_over_fail_by_their_error()
    {
        var doubled = Array.ConvertAll(Loans.Signal, p => { var odds = 2.2 * p / (1 - p); return odds / (1 + odds); });

        var check = Failed(Judge(doubled, Loans.Blurred), "calibrationError");

        Assert.True(check.Figures["errorLow"] > check.Figures["largest"]);
        Assert.Equal(0.25 * Loans.Bad.Count(b => b) / Loans.Bad.Length, check.Figures["largest"], 1e-12);
    }

    [Fact]
    public void A_few_loans_do_not_fail_an_honest_model_by_noise()
    {
        var failures = Enumerable.Range(0, 20).Count(i =>
        {
            var (signal, blurred, bad) = Draw(150, 100 + i);
            var checks = PromotionGate.Judge(Product, new GateContest(Model(signal), Model(blurred)), bad, new Resampling(1, 200));
            var error = checks[2];
            Assert.Equal(
                error.Passed && error.Figures["error"] > error.Figures["largest"],
                error.Sentence.Contains("too few to show more", StringComparison.Ordinal));
            return !checks[1].Passed || !checks[2].Passed;
        });

        Assert.InRange(failures, 0, 2);
    }
}
