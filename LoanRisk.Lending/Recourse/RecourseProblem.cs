using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Trees.Bounds;

namespace LoanRisk.Lending.Recourse;

/// <summary>One application with the values that each of its changeable fields could have, and the trees over them.</summary>
internal sealed class RecourseProblem
{
    private readonly DecisionEngine _engine;
    private readonly double[] _row;

    private RecourseProblem(DecisionEngine engine, LoanApplication application, FieldChoices[] choices, ChoiceForest forest)
    {
        (_engine, Application, Choices, Forest, _row) = (engine, application, choices, forest, [.. application.Row]);
    }

    /// <summary>The application.</summary>
    public LoanApplication Application { get; }

    /// <summary>The values of each changeable field; none that a knock-out rule declines.</summary>
    public FieldChoices[] Choices { get; }

    /// <summary>The trees over them.</summary>
    public ChoiceForest Forest { get; }

    /// <summary>Lays the problem out.</summary>
    /// <param name="engine">What decides.</param>
    /// <param name="application">The application.</param>
    /// <param name="reachable">The values that each feature's applicant could bring about; null where nothing can be changed.</param>
    /// <param name="cost">What changes cost.</param>
    public static RecourseProblem Of(
        DecisionEngine engine, LoanApplication application, IReadOnlyList<ReachableValues?> reachable, ChangeCost cost)
    {
        double[] row = [.. application.Row];
        int[] free = [.. Enumerable.Range(0, row.Length).Where(feature => reachable[feature] is not null)];
        var held = HeldForest.Of(engine.Package.Trees, row, free);
        var choices = new FieldChoices[free.Length];
        for (var place = 0; place < free.Length; place++)
        {
            var (feature, from) = (free[place], row[free[place]]);
            var cuts = held.Cuts(place).Concat(engine.Rules.KnockOuts.Cuts(feature)).Order().ToArray();
            var values = reachable[feature]!.From(from, cuts).Prepend(from).Where(value => !IsKnockedOut(engine, row, feature, value));
            choices[place] = FieldChoices.Of(feature, from, values, cost);
        }

        // A field without any value has its own here, so that the trees can be laid out; no search is made.
        return new(engine, application, choices, held.Over([.. choices.Select(c => c.Values is [] ? [row[c.Feature]] : c.Values)]));
    }

    /// <summary>The reason of a rule that declines whatever is changed; null when there is none.</summary>
    public string? RuleThatStays()
    {
        var rules = _engine.Rules.KnockOuts;
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var choices = Array.Find(Choices, c => c.Feature == rules.FeatureOf(rule));
            if (rules.Holds(rule, _row) && (choices is null || choices.Values.Length == 0))
            {
                return rules.ReasonOf(rule);
            }
        }

        return null;
    }

    /// <summary>Whether the values of a choice a field have a raw score that will do, by the model itself.</summary>
    public bool Reaches(int[] choice, Func<double, bool> isReached)
    {
        double[] row = [.. _row];
        for (var place = 0; place < choice.Length; place++)
        {
            row[Choices[place].Feature] = Choices[place].Values[choice[place]];
        }

        return isReached(_engine.Package.Trees.PredictRaw(row));
    }

    private static bool IsKnockedOut(DecisionEngine engine, double[] row, int feature, double value)
    {
        double[] changed = [.. row];
        changed[feature] = value;
        return engine.Rules.KnockOuts.AnyHolds(feature, changed);
    }
}
