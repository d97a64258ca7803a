using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Tests.Lending.Calibration;

public sealed class ProbabilityCalibrationTests
{
    public static TheoryData<ProbabilityCalibration> Curves =>
    [
        PlattCalibration.Identity,
        new PlattCalibration(0, -3),
        new BetaCalibration(0.6, 1.7, 0.3),
        new BetaCalibration(0, 0, -3),
        new IsotonicCalibration([new(0, 0.5)]),
        new IsotonicCalibration([new(-5, 0), new(-1, 0.1), new(-0.99, 0.1), new(0, 0.3), new(7, 1)]),
    ];

    [Theory]
    [MemberData(nameof(Curves))]
    public void Never_falls_and_is_never_0_or_1(ProbabilityCalibration curve)
    {
        var last = curve.Probability(double.NegativeInfinity);
        Assert.InRange(last, double.Epsilon, 1 - 1e-10);
        for (var score = -60.0; score <= 60; score += 0.0137)
        {
            var probability = curve.Probability(score);
            Assert.True(probability >= last, $"{curve.Method} falls at {score}");
            last = probability;
        }

        Assert.InRange(curve.Probability(double.PositiveInfinity), last, 1 - 1e-10);
    }

    [Fact]
    public void The_identity_answers_the_sigmoid_of_the_score()
    {
        Assert.Equal(1 / (1 + Math.Exp(3.7)), PlattCalibration.Identity.Probability(-3.7), 1e-15);
        Assert.Equal(1 / (1 + Math.Exp(3.7)), new BetaCalibration(1, 1, 0).Probability(-3.7), 1e-15);
    }

    [Theory]
    [InlineData(-9, 0.01)]
    [InlineData(-2, 0.01)]
    [InlineData(-1, 0.06)]
    [InlineData(0, 0.11)]
    [InlineData(1, 0.31)]
    [InlineData(9, 0.51)]
    public void Isotonic_is_straight_between_points_and_flat_beyond_them(double score, double probability)
    {
        var curve = new IsotonicCalibration([new(-2, 0.01), new(0, 0.11), new(2, 0.51)]);

        Assert.Equal(probability, curve.Probability(score), 1e-12);
    }

    [Fact]
    public void A_score_that_is_no_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => PlattCalibration.Identity.Probability(double.NaN));

    [Theory]
    [InlineData(0.02)]
    [InlineData(1e-8)]
    [InlineData(0.999)]
    public void Log_odds_and_back_is_the_same_probability(double probability) =>
        Assert.Equal(probability, LogOdds.ToProbability(LogOdds.Of(probability)), probability * 1e-12);
}
