using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Decisions;

/// <summary>A second model of the same trees beside the engine: it agrees to the bit, or nothing is decided.</summary>
public sealed class ScoreAgreementTests
{
    private static readonly TreeModel Trees = TinyModel.Trees;

    private static readonly LoanApplication Application = LoanApplication.Check(
        TinyLoan.Product,
        TinyModel.GoldenValues.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value)),
        InputStyle.Text).Application!;

    private static readonly double Raw = Trees.PredictRaw([.. Application.Row]);

    [Fact]
    public void The_engines_score_decides_where_both_give_the_same()
    {
        var decision = Engine(row => (float)Trees.PredictRaw(row), ScoringMode.Both).Decide(Application);

        Assert.Equal((ScoringMode.Both, Raw), (decision.Scoring, decision.RawScore));
    }

    [Theory]
    [InlineData(ScoringMode.Both, true)]
    [InlineData(ScoringMode.Both, false)]
    [InlineData(ScoringMode.Mlnet, true)]
    [InlineData(ScoringMode.Mlnet, false)]
    public void One_step_of_single_precision_apart_nothing_is_decided(ScoringMode mode, bool isUp)
    {
        var other = isUp ? MathF.BitIncrement((float)Raw) : MathF.BitDecrement((float)Raw);
        var engine = Engine(_ => other, mode);

        var difference = Assert.Throws<ScoresDifferException>(() => engine.Decide(Application));

        Assert.Equal((Raw, other), (difference.Engine, difference.Second));
        Assert.Contains($"{(float)Raw:R}", difference.Message, StringComparison.Ordinal);
        Assert.Contains($"{other:R}", difference.Message, StringComparison.Ordinal);
        Assert.Contains(TinyModel.Package.Id[..12], difference.Message, StringComparison.Ordinal);
        Assert.Throws<ScoresDifferException>(() => engine.CheckSecond([.. Application.Row], Raw));
    }

    [Fact]
    public void A_second_score_that_is_no_number_is_another_score() =>
        Assert.Throws<ScoresDifferException>(() => Engine(_ => float.NaN, ScoringMode.Both).Decide(Application));

    [Fact]
    public void ML_NETs_score_decides_and_contributions_still_add_up_to_it()
    {
        Assert.NotEqual((double)(float)Raw, Raw);

        var decision = Engine(row => (float)Trees.PredictRaw(row), ScoringMode.Mlnet).Decide(Application);

        Assert.Equal((ScoringMode.Mlnet, (double)(float)Raw), (decision.Scoring, decision.RawScore));
        Assert.Equal(decision.RawScore, decision.BaseValue + decision.Contributions.Sum(), 1e-12);
        Assert.Equal(TinyModel.Package.Calibration.Probability(decision.RawScore), decision.Probability);
    }

    [Fact]
    public void The_engine_alone_asks_nobody()
    {
        SecondScore nobody = _ => throw new InvalidOperationException("It was asked.");

        Assert.Equal(ScoringMode.Engine, Engine(nobody, ScoringMode.Engine).Decide(Application).Scoring);
        Assert.Equal(ScoringMode.Engine, Engine(null, ScoringMode.Both).Decide(Application).Scoring);
        Assert.Equal(ScoringMode.Engine, Engine(nobody, ScoringMode.Both).DecideAlone(Application).Scoring);
        Engine(nobody, ScoringMode.Engine).CheckSecond([.. Application.Row], Raw + 1);
    }

    [Fact]
    public void Another_policy_keeps_the_second_model()
    {
        var asked = 0;
        var engine = Engine(row => Count(ref asked, row), ScoringMode.Both).With(TinyLoan.Product);

        engine.Decide(Application);

        Assert.Equal((1, ScoringMode.Both), (asked, engine.Scoring));
    }

    [Fact]
    public void Of_many_rows_the_first_are_held_against_the_second_model()
    {
        var asked = 0;
        var block = new DecisionBlock(Engine(row => Count(ref asked, row), ScoringMode.Both), explained: false);
        for (var i = 0; i < 5; i++)
        {
            Application.Row.ToArray().CopyTo(block.Next());
            block.Add([]);
        }

        block.Decide();

        Assert.Equal((3, 3), (block.CheckSecond(3), asked));
        Assert.Equal(5, block.CheckSecond(100));
    }

    private static float Count(ref int asked, ReadOnlySpan<double> row)
    {
        asked++;
        return (float)Trees.PredictRaw(row);
    }

    private static DecisionEngine Engine(SecondScore? second, ScoringMode mode) =>
        new(TinyLoan.Product, TinyModel.Package, second, mode);
}
