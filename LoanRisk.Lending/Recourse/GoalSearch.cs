using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Recourse;

/// <summary>Searches the smallest change that leads to one outcome or a better one, and other ways there.</summary>
internal sealed class GoalSearch
{
    private readonly DecisionEngine _engine;
    private readonly RecourseProblem _problem;
    private readonly Outcome _wanted;
    private readonly ChoiceBoxes _boxes;
    private readonly RecourseSearch _search;
    private readonly double _target;

    public GoalSearch(DecisionEngine engine, RecourseProblem problem, Outcome wanted)
    {
        (_engine, _problem, _wanted) = (engine, problem, wanted);
        _target = TargetScore.Of(IsReached);
        _boxes = new ChoiceBoxes(problem.Choices, problem.Forest, _target);
        _search = new RecourseSearch(_boxes, choice => problem.Reaches(choice, IsReached));
    }

    private LoanProduct Product => _engine.Product;

    /// <summary>Searches.</summary>
    /// <param name="mostWork">Leaves to look at before the search gives up.</param>
    /// <param name="mostOthers">Other ways to tell, at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public RecourseGoal Run(int mostWork, int mostOthers, CancellationToken cancellationToken)
    {
        if (_problem.RuleThatStays() is { } rule)
        {
            return None(rule);
        }

        var allowed = _problem.Forest.Sets.All();
        if (UnseenThatStays(allowed) is { } unseen)
        {
            return None(unseen);
        }

        if (double.IsNegativeInfinity(_target))
        {
            return None(null);
        }

        int[][] alone = [.. Enumerable.Range(0, _problem.Choices.Length).Select(place => _search.Along(place, allowed)).OfType<int[]>()
            .OrderBy(_boxes.CostOf)];
        var mostBoxes = 1 + (mostWork / Math.Max(1, _problem.Forest.LeafCount));
        var found = _search.Run(allowed, alone.FirstOrDefault(), mostBoxes, cancellationToken);
        if (found.Choice is not { } best)
        {
            return new RecourseGoal(_wanted, found.Proof, null, found.LeastCost, []);
        }

        var others = alone.Where(way => !way.SequenceEqual(best)).ToList();
        if (others.Count < mostOthers
            && WithoutDearest(best, allowed, mostBoxes, cancellationToken) is { } other && !others.Exists(other.SequenceEqual))
        {
            others.Add(other);
        }

        return new RecourseGoal(
            _wanted, found.Proof, Verified(best), found.LeastCost, [.. others.OrderBy(_boxes.CostOf).Take(mostOthers).Select(Verified)]);
    }

    // The smallest way for an applicant who cannot move what the best one moves furthest.
    private int[]? WithoutDearest(int[] best, ulong[] allowed, int mostBoxes, CancellationToken cancellationToken)
    {
        var held = allowed.ToArray();
        var dearest = Enumerable.Range(0, best.Length).MaxBy(place => _problem.Choices[place].Costs[best[place]]);
        for (var choice = 1; choice < _problem.Choices[dearest].Values.Length; choice++)
        {
            _problem.Forest.Sets.Remove(held, dearest, choice);
        }

        return _problem.Forest.Sets.Count(held, dearest) > 0 && _search.Run(held, null, mostBoxes, cancellationToken) is
            { Proof: RecourseProof.Smallest, Choice: { } choices } ? choices : null;
    }

    private RecourseGoal None(string? obstacle) =>
        new(_wanted, RecourseProof.None, null, double.PositiveInfinity, [], obstacle);

    private bool IsReached(double rawScore)
    {
        var served = _engine.Scoring == ScoringMode.Mlnet ? (float)rawScore : rawScore;
        return _engine.Rules.Thresholds.OutcomeOf(_engine.Package.Calibration.Probability(served)) <= _wanted;
    }

    // Where a value unlike all of training is referred, it must go; the text about one that cannot, else null.
    private string? UnseenThatStays(ulong[] allowed)
    {
        if (_wanted != Outcome.Approve || !Product.Policy.ReferUnseen)
        {
            return null;
        }

        foreach (var feature in _problem.Application.Unseen)
        {
            var place = Array.FindIndex(_problem.Choices, choices => choices.Feature == feature);
            if (place < 0 || _problem.Choices[place].Costs is not [.., > 0])
            {
                return ReasonText.Unseen(_problem.Application, feature) + ".";
            }

            if (_problem.Choices[place].Costs[0] == 0)
            {
                _problem.Forest.Sets.Remove(allowed, place, 0);
            }
        }

        return null;
    }

    // Nothing is proposed that was not decided.
    private RecourseChange Verified(int[] choice)
    {
        var fields = FieldsOf(choice);
        var changed = fields.ToDictionary(field => field.Feature, field => field.To, StringComparer.Ordinal);
        var values = Product.FeatureNames.Zip(_problem.Application.Values)
            .ToDictionary(v => v.First, v => FieldValue.OfText(changed.GetValueOrDefault(v.First, v.Second!)), StringComparer.Ordinal);
        var check = LoanApplication.Check(Product, values, InputStyle.Text);
        var decision = _engine.Decide(check.Application ?? throw Unverified(check.Problems[0].Message));
        return decision.Outcome <= _wanted
            ? new RecourseChange(fields, _boxes.CostOf(choice), decision.Probability, decision.Outcome)
            : throw Unverified($"it would be decided {decision.Outcome}, not {_wanted}.");
    }

    private static InvalidOperationException Unverified(string why) => new($"A change that was found is not shown: {why}");

    private List<FieldChange> FieldsOf(int[] choice)
    {
        var fields = new List<FieldChange>();
        for (var place = 0; place < choice.Length; place++)
        {
            var choices = _problem.Choices[place];
            if (choices.Costs[choice[place]] > 0)
            {
                fields.Add(FieldOf(choices.Feature, choices.Values[choice[place]]));
            }
        }

        return fields;
    }

    private FieldChange FieldOf(int place, double value)
    {
        var feature = Product.Features[place];
        var from = _problem.Application.Values[place] ?? "";
        var to = feature.HasLevels ? feature.Levels[(int)value].Value : DecimalNotation.Of(value);
        var by = feature.HasLevels ? default(double?) : ChangeText.Move(_problem.Application.Row[place], value);
        return new(feature.Name, from, to, by, ChangeText.Of(Product, feature, from, to, by));
    }
}
