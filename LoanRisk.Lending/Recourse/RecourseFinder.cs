using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Lending.Recourse;

/// <summary>
/// Finds the smallest change of what an applicant can change that leads to a better outcome, for one model and policy; immutable and safe
/// for all threads. Fields that the product does not mark <c>changeable</c> never move, nor do protected ones.
/// </summary>
public sealed class RecourseFinder
{
    private const int MostOthers = 3;

    // Leaves that bounds may look at: about a quarter of a second.
    private const int MostWork = 20_000_000;

    private readonly DecisionEngine _engine;
    private readonly ChangeCost _cost;
    private readonly ReachableValues?[] _reachable;

    /// <summary>Takes the model's reference distribution for what a change costs; ranges stand in where it has none.</summary>
    public RecourseFinder(DecisionEngine engine)
    {
        var reference = ReferenceOf(engine);
        _engine = engine;
        _cost = new ChangeCost(engine.Product, reference);
        _reachable = [.. engine.Product.Features.Select((feature, i) => feature is { Change: not null, Protected: false }
            ? new ReachableValues(feature, _cost.Positions(i), reference?.Features[i])
            : null)];
    }

    /// <summary>Decides about an application, and says what would lead to something better.</summary>
    /// <param name="application">The application.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentException">The application was checked against another product or schema.</exception>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public RecourseAnswer Find(LoanApplication application, CancellationToken cancellationToken = default) =>
        Find(application, MostWork, cancellationToken);

    /// <summary>The same with another limit.</summary>
    internal RecourseAnswer Find(LoanApplication application, int mostWork, CancellationToken cancellationToken)
    {
        var before = _engine.Decide(application);
        if (before.Outcome == Outcome.Approve)
        {
            return new(before, []);
        }

        var problem = RecourseProblem.Of(_engine, application, _reachable, _cost);
        var goals = new List<RecourseGoal>();
        for (var wanted = before.Outcome - 1; wanted >= Outcome.Approve; wanted--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            goals.Add(new GoalSearch(_engine, problem, wanted).Run(mostWork, MostOthers, cancellationToken));
        }

        return new(before, WithoutRepeats(goals));
    }

    // Where the way to a referral is approved at once, or where there is none at all, one goal says it.
    private static List<RecourseGoal> WithoutRepeats(List<RecourseGoal> goals) => goals switch
    {
        [{ Best.Outcome: Outcome.Approve, Proof: RecourseProof.Smallest }, var approve] => [approve],
        _ => goals,
    };

    private static TrainingReference? ReferenceOf(DecisionEngine engine)
    {
        try
        {
            var reference = TrainingReference.FromJson(engine.Package.Text(PackageFiles.Reference));
            return reference.Features.Select(f => f.Name).SequenceEqual(engine.Product.FeatureNames) ? reference : null;
        }
        catch (FormatException)
        {
            return null; // an imported model knows no rows of training
        }
    }
}
