using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Decisions;

/// <summary>A block of rows against one decision at a time.</summary>
public sealed class DecisionBlockTests
{
    private static readonly DecisionEngine DecisionEngine = new(TinyLoan.Product, TinyModel.Package);

    [Fact]
    public void Every_row_is_decided_as_it_would_be_alone()
    {
        var applications = All().ToList();
        var block = new DecisionBlock(DecisionEngine, explained: true);

        // Twice: a block is used again.
        for (var round = 0; round < 2; round++)
        {
            block.Clear();
            applications.ForEach(application => Add(block, application));
            block.Decide();
            Assert.Equal(applications.Count, block.Count);
            for (var row = 0; row < applications.Count; row++)
            {
                var alone = DecisionEngine.Decide(applications[row]);
                Assert.Equal((alone.Probability, alone.Outcome), block[row]);
                Assert.Equal(alone.Reasons.Select(r => r.Text), Texts(block, row, room: 4));
                Assert.Equal(alone.Reasons.Take(2).Select(r => r.Text), Texts(block, row, room: 2));
            }
        }
    }

    [Fact]
    public void Without_reasons_the_decision_is_the_same()
    {
        var application = TinyLoan.Application("2000", rate: null, owner: "0");
        var block = new DecisionBlock(DecisionEngine, explained: false);
        Add(block, application);

        block.Decide();

        Assert.Equal((DecisionEngine.Decide(application).Probability, DecisionEngine.Decide(application).Outcome), block[0]);
    }

    [Fact]
    public void An_empty_block_decides_nothing()
    {
        var block = new DecisionBlock(DecisionEngine, explained: true);

        block.Decide();

        Assert.Equal(0, block.Count);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(double.NaN)]
    public void A_score_that_its_parts_do_not_explain_is_never_served(double difference) =>
        Assert.Throws<UnexplainedScoreException>(() => ExplainedScore.Check(1 + difference, [0.5, 0.25, 0.25]));

    // Knock-outs of every kind, missing values and all levels among them.
    private static IEnumerable<LoanApplication> All() =>
        from amount in (string[])["100", "1000", "1001", "4001"]
        from rate in (string?[])[null, "0.004", "0.1", "0.2"]
        from owner in (string[])["0", "1"]
        from rating in (string?[])[null, "low", "high"]
        from region in (string[])["N", "S"]
        select TinyLoan.Application(amount, rate, owner, rating, region);

    private static void Add(DecisionBlock block, LoanApplication application)
    {
        var row = block.Next();
        for (var feature = 0; feature < row.Length; feature++)
        {
            row[feature] = application.Row[feature];
        }

        block.Add(application.Unseen);
    }

    private static string[] Texts(DecisionBlock block, int row, int room)
    {
        var reasons = new ReasonPlace[room];
        var count = block.Reasons(row, reasons);
        return [.. reasons[..count].Select(r => r.Rule ?? ReasonText.Raising(TinyLoan.Product, r.Feature, block.Row(row)[r.Feature]))];
    }
}
