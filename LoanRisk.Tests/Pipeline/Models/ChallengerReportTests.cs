using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Models;

[Slow]
public sealed class ChallengerReportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Trained = TinyModel.Facts.TrainedAt;

    private static readonly DecisionEngine Champion = new(TinyLoan.Product, TinyModel.Package);

    // Its log-odds lie 1 above the champion's.
    private static readonly ModelPackage Comparison = ModelPackage.Create(
        TinyLoan.Product, new PackageParts(TinyModel.Trees, new PlattCalibration(1, 1), "{}\n", "{}\n", "# Comparison\n"), TinyModel.Facts,
        TinyModel.GoldenValues);

    private readonly TemporaryFolder _folder = new();

    private DecisionStore _store = null!;

    private DataFolder Data => new(_folder.Path, "test");

    public ValueTask InitializeAsync()
    {
        _store = DecisionStore.Open(Data);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_challenger_answers_what_was_decided_as_it_would_have()
    {
        await DecideAsync("one", "500", Trained.AddDays(1));
        await DecideAsync("two", "2000", Trained.AddDays(2));

        var report = Report();

        var second = new DecisionEngine(TinyLoan.Product, Comparison).Decide(TinyLoan.Application("2000"));
        var answers = report.Answers!;
        Assert.Equal((2, 0, Trained.AddDays(1), Trained.AddDays(2)), (answers.Loans, report.Unreadable, report.From, report.Until));
        Assert.Contains(
            answers.Farthest, pair => pair.DecisionId == "two" && pair.Challenger == new BareDecision(second.Probability, second.Outcome));
        Assert.Equal(1, answers.RankCorrelation);
        Assert.True(answers.MeanChallenger > answers.MeanGiven + 0.1);
        Assert.Null(report.OnOutcomes);
        Assert.Contains("too few", ChallengerText.Outcomes(report, TinyLoan.Product), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_loans_decided_after_it_was_trained_say_which_is_better()
    {
        await DecideAsync("before", "500", Trained.AddDays(-1), bad: true);
        await DecideAsync("good", "500", Trained.AddDays(1), bad: false);
        Assert.Equal((1, 0), (Report().Known, Report().KnownBad));
        Assert.Null(Report().OnOutcomes);

        await DecideAsync("bad", "2000", Trained.AddDays(1), bad: true);

        var report = Report();
        Assert.Equal((2, 1), (report.Known, report.KnownBad));
        Assert.Equal((1, 1, 0), (report.OnOutcomes!.Auc.Candidate, report.OnOutcomes.Auc.Champion, report.OnOutcomes.Auc.Gain));
        Assert.Equal(["AUC", "1.0000", "1.0000", "0.0000 (0.0000 to 0.0000)"], ChallengerText.Measures(report.OnOutcomes)[0]);
        Assert.Contains(
            "Of the loans decided since it was trained, 2 have a reported outcome, 1 of them bad. Loans that were declined rarely",
            ChallengerText.Outcomes(report, TinyLoan.Product),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_product_no_longer_takes_is_left_out_and_counted()
    {
        Assert.Equal("There is no application to answer yet.", ChallengerText.Basis(Report()));
        var decision = Champion.Decide(TinyLoan.Application("500"));
        await SaveAsync("stranger", decision with { Values = ["9999", .. decision.Values.Skip(1)] }, Trained);

        var report = Report();

        Assert.Equal((null, 1), (report.Answers, report.Unreadable));
        Assert.Equal(
            "There is no application to answer yet. Left out, for the product as it is now does not take them: 1.",
            ChallengerText.Basis(report));
        await DecideAsync("one", "500", Trained);
        Assert.StartsWith("The one application, decided from", ChallengerText.Basis(Report()), StringComparison.Ordinal);
    }

    private ChallengerReport Report()
    {
        var registry = ModelRegistry.Open(Data);
        return ChallengerReport.Of(
            Data,
            TinyLoan.Product,
            new RegisteredPackage(registry.Register(Comparison, ModelSource.Trained, new AuditEntry("ann", Trained)), Comparison),
            TestContext.Current.CancellationToken);
    }

    private async Task DecideAsync(string id, string amount, DateTimeOffset at, bool? bad = null)
    {
        await SaveAsync(id, Champion.Decide(TinyLoan.Application(amount)), at);
        if (bad is { } outcome)
        {
            await _store.ReportAsync(
                [new ReportedOutcome(id, outcome, DateOnly.FromDateTime(at.UtcDateTime), at, "test")],
                TestContext.Current.CancellationToken);
        }
    }

    private Task SaveAsync(string id, Decision decision, DateTimeOffset at) =>
        _store.SaveAsync([new StoredDecision(id, at, Origin.Api, [], decision)], TestContext.Current.CancellationToken);
}
