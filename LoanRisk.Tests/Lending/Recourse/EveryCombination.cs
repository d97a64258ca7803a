using System.Globalization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;

namespace LoanRisk.Tests.Lending.Recourse;

/// <summary>
/// The plain twin of the search: every combination of every value on every field's grid is decided about, and the cheapest that does is
/// kept. It knows nothing of trees, thresholds and bounds.
/// </summary>
internal static class EveryCombination
{
    /// <summary>What the cheapest combination costs that leads to an outcome or a better one; null when there is none.</summary>
    public static double? CheapestTo(SmallRisk risk, Outcome wanted)
    {
        var cost = new ChangeCost(risk.Product, risk.Reference);
        string?[][] values = [.. risk.Product.Features.Select((feature, i) => Values(risk, feature, i))];
        double? cheapest = null;
        foreach (var combination in Combinations(values))
        {
            var application = SmallRisk.Checked(risk.Product, combination);
            var sum = Enumerable.Range(0, values.Length).Sum(i => cost.Of(i, risk.Application.Row[i], application.Row[i]));
            if ((cheapest is null || sum < cheapest) && risk.Engine.Answer(application).Outcome <= wanted)
            {
                cheapest = sum;
            }
        }

        return cheapest;
    }

    private static string?[] Values(SmallRisk risk, Feature feature, int place)
    {
        var (now, from) = (risk.Application.Values[place], risk.Application.Row[place]);
        return feature.Change is { } rule && !double.IsNaN(from) ? [now, .. Others(risk, feature, place, rule, from)] : [now];
    }

    private static IEnumerable<string> Others(SmallRisk risk, Feature feature, int place, ChangeRule rule, double from) =>
        feature.HasLevels
            ? feature.Levels.Where((level, code) => code != from && MayMove(feature, rule, code - from)
                && (risk.Reference is null || risk.Columns[place].Contains(code))).Select(level => level.Value)
            : Grid(feature, rule, risk, place)
                .Where(value => value != from && MayMove(feature, rule, value - from) && Math.Abs(value - from) <= (rule.Most ?? 99))
                .Select(value => value.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<double> Grid(Feature feature, ChangeRule rule, SmallRisk risk, int place)
    {
        var step = (decimal)(rule.Step ?? Spread(feature, risk, place));
        return Enumerable.Range(-1000, 2001).Select(count => (double)(count * step)).Where(feature.Seen!.Contains);
    }

    // Whole numbers of a handful of values: the step that follows from training is always one.
    private static double Spread(Feature feature, SmallRisk risk, int place)
    {
        Assert.True(feature.Integer && risk.Columns[place].Max() - risk.Columns[place].Min() < 100);
        return 1;
    }

    private static bool MayMove(Feature feature, ChangeRule rule, double by) => feature.Kind == FeatureKind.Nominal || (by > 0
        ? rule.Direction != ChangeDirection.Decrease && feature.Monotone <= 0
        : rule.Direction != ChangeDirection.Increase && feature.Monotone >= 0);

    private static IEnumerable<string?[]> Combinations(string?[][] values)
    {
        IEnumerable<string?[]> all = [[]];
        return values.Aggregate(all, (before, next) => before.SelectMany(_ => next, (start, value) => (string?[])[.. start, value]));
    }
}
