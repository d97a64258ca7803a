using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// A challenger beside what served: it answers the applications that were decided last, as they were stored. Nothing of it reaches an
/// applicant, and nothing is computed while one waits for an answer.
/// </summary>
/// <param name="Challenger">The challenger.</param>
/// <param name="From">When the first of the loans was decided; null when there are none.</param>
/// <param name="Until">When the last was.</param>
/// <param name="Unreadable">Loans that the product, as it is now, no longer takes: they are left out.</param>
/// <param name="Answers">The answers side by side; null when there are none.</param>
/// <param name="OnOutcomes">Both against what became of loans decided after the challenger was trained; null while good or bad ones are
/// missing.</param>
/// <param name="Known">How many such loans there are.</param>
/// <param name="KnownBad">How many of them turned bad.</param>
public sealed record ChallengerReport(
    RegisteredPackage Challenger, DateTimeOffset? From, DateTimeOffset? Until, int Unreadable, DecisionComparison? Answers,
    ModelDifference? OnOutcomes, int Known, int KnownBad)
{
    /// <summary>How many of the newest decisions are looked at, and how many of those with an outcome.</summary>
    public const int MostLoans = 5_000;

    private const long Seed = 1;

    /// <summary>Answers what was decided last in this folder.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static ChallengerReport Of(
        DataFolder folder, LoanProduct product, RegisteredPackage challenger, CancellationToken cancellationToken = default)
    {
        var engine = new DecisionEngine(product, challenger.Package);
        var decided = DecidedLoans.Newest(folder, product.Id, MostLoans);
        var answered = Answer(engine, decided, cancellationToken);
        // A challenger may have learned from earlier ones: outcomes that came through the site join the data.
        var known = Answer(
            engine,
            DecidedLoans.NewestWithOutcome(folder, product.Id, challenger.Package.Manifest.TrainedAt, MostLoans),
            cancellationToken);
        return new ChallengerReport(
            challenger,
            answered.LastOrDefault().Loan?.DecidedAt,
            answered.FirstOrDefault().Loan?.DecidedAt,
            decided.Count - answered.Count,
            answered.Count == 0 ? null : DecisionComparison.Of([.. answered.Select(line => line.Pair)]),
            Difference(known, cancellationToken),
            known.Count,
            known.Count(line => line.Loan.Bad == true));
    }

    private static List<(DecidedLoan Loan, PairedDecision Pair)> Answer(
        DecisionEngine engine, IReadOnlyList<DecidedLoan> loans, CancellationToken cancellationToken)
    {
        var answers = new BareDecision?[loans.Count];
        Parallel.For(
            0, loans.Count, WorkThreads.Current.Options(cancellationToken: cancellationToken), i => answers[i] = Answer(engine, loans[i]));
        return
        [
            .. loans.Zip(answers)
                .Where(line => line.Second is not null)
                .Select(line => (line.First, Pair: new PairedDecision(line.First.DecisionId, line.First.Answer, line.Second!.Value)))
        ];
    }

    private static BareDecision? Answer(DecisionEngine engine, DecidedLoan loan)
    {
        var check = LoanApplication.Check(
            engine.Product,
            loan.Values.ToDictionary(value => value.Key, value => FieldValue.OfText(value.Value), StringComparer.Ordinal),
            InputStyle.Text);
        return check.Application is { } application ? engine.Answer(application) : null;
    }

    private static ModelDifference? Difference(
        IReadOnlyList<(DecidedLoan Loan, PairedDecision Pair)> known, CancellationToken cancellationToken)
    {
        var bad = known.Select(line => line.Loan.Bad == true).ToArray();
        return bad.Contains(true) && bad.Contains(false)
            ? ModelDifference.Of(
                [.. known.Select(line => line.Pair.Challenger.Probability)],
                [.. known.Select(line => line.Pair.Given.Probability)],
                bad,
                Seed,
                cancellationToken: cancellationToken)
            : null;
    }
}
