using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>Says in the product's words what counted against an applicant and what in favour.</summary>
internal static class ReasonWriter
{
    private const int Most = 4;

    /// <summary>Log-odds below which a feature is no reason: it moves the odds by less than half a percent, and would read +0.00.</summary>
    private const double Negligible = 0.005;

    /// <summary>
    /// At most four reasons: first the knock-out rules that held, then the features that raise the score noticeably, the strongest first. A
    /// feature named by a rule is not named again; its contribution stands with the rule when it raises the score too.
    /// </summary>
    public static IReadOnlyList<Reason> Against(LoanApplication application, ExplainedScore score, IReadOnlyList<KnockOut> knockOuts)
    {
        var raising = Strongest(application, score, 1);
        var rules = knockOuts.Select((rule, i) => new Reason(rule.Feature, rule.Reason, ContributionOf(rule, i)));
        var others = raising.Where(r => r.Contribution >= Negligible && !knockOuts.Any(k => k.Feature == r.Feature));
        return [.. rules.Concat(others).Take(Most)];

        double? ContributionOf(KnockOut rule, int place) =>
            knockOuts.Take(place).Any(k => k.Feature == rule.Feature) ? null : raising.FirstOrDefault(r => r.Feature == rule.Feature)?.Contribution;
    }

    /// <summary>At most four features that lower the score noticeably, the strongest first.</summary>
    public static IReadOnlyList<Reason> InFavour(LoanApplication application, ExplainedScore score) =>
        [.. Strongest(application, score, -1).Where(r => r.Contribution <= -Negligible).Take(Most)];

    private static List<Reason> Strongest(LoanApplication application, ExplainedScore score, int sign) =>
        [.. score.Contributions.Index()
            .Where(c => c.Item * sign > ExplainedScore.Tolerance)
            .OrderByDescending(c => c.Item * sign)
            .Select(c => Of(application, c.Index, c.Item))];

    private static Reason Of(LoanApplication application, int place, double contribution)
    {
        var feature = application.Product.Features[place];
        var value = application.Values[place];
        var words = value is null ? WhenMissing(contribution) : contribution > 0 ? feature.Reason : feature.InFavour;
        return new Reason(feature.Name, $"{feature.Label} {ValueText.InWords(application.Product, feature, value)}: {words}", contribution);
    }

    // The product's words speak of a value; here there is none.
    private static string WhenMissing(double contribution) => contribution > 0 ? "that it is not known raises the risk" : "that it is not known lowers the risk";
}
