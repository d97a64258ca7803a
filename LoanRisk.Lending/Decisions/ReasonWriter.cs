using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>Says in the product's words what counted against an applicant and what in favour.</summary>
internal static class ReasonWriter
{
    public const int Most = 4;

    /// <summary>Log-odds below which a feature is no reason: it moves the odds by less than half a percent, and would read +0.00.</summary>
    public const double Negligible = 0.005;

    /// <summary>
    /// At most four reasons: first the knock-out rules that held or the values for which an officer decides, then the features that raise the score noticeably, the
    /// strongest first. A feature named so is not named again; its contribution stands with a rule when it raises the score too. A decline without any of these names
    /// what raises the score a little, where that adds up to something, and else says that no single value stands out.
    /// </summary>
    public static IReadOnlyList<Reason> Against(LoanApplication application, ExplainedScore score, Outcome outcome, IReadOnlyList<KnockOut> knockOuts, IReadOnlyList<int> referredFor)
    {
        var features = application.Product.Features;
        var raising = Strongest(score, 1);
        var rules = knockOuts.Select((rule, i) => new Reason(rule.Feature, rule.Reason, ContributionOf(rule, i)));
        var unseen = referredFor.Select(place => new Reason(features[place].Name, ReasonText.Unseen(application, place), null));
        var others = raising.Where(r => r.Contribution >= Negligible && !referredFor.Contains(r.Place) && !knockOuts.Any(k => k.Feature == features[r.Place].Name));
        IReadOnlyList<Reason> reasons = [.. rules.Concat(unseen).Concat(others.Select(r => Of(application, r.Place, r.Contribution))).Take(Most)];
        return reasons.Count > 0 || outcome != Outcome.Decline ? reasons
            : AddUp(raising.Select(r => r.Contribution)) ? [.. raising.Take(Most).Select(r => Of(application, r.Place, r.Contribution))]
            : [new Reason("", ReasonText.Overall(application.Product.Policy), null)];

        double? ContributionOf(KnockOut rule, int place) => knockOuts.Take(place).Any(k => k.Feature == rule.Feature)
            ? null
            : raising.Where(r => features[r.Place].Name == rule.Feature).Select(r => (double?)r.Contribution).FirstOrDefault();
    }

    /// <summary>At most four features that lower the score noticeably, the strongest first.</summary>
    public static IReadOnlyList<Reason> InFavour(LoanApplication application, ExplainedScore score) =>
        [.. Strongest(score, -1).Where(r => r.Contribution <= -Negligible).Take(Most).Select(r => Of(application, r.Place, r.Contribution))];

    /// <summary>True when contributions, each too little to be a reason, raise the score noticeably together.</summary>
    public static bool AddUp(IEnumerable<double> raising) => raising.Sum() >= Negligible;

    private static List<(int Place, double Contribution)> Strongest(ExplainedScore score, int sign) =>
        [.. score.Contributions.Index().Where(c => c.Item * sign > ExplainedScore.Tolerance).OrderByDescending(c => c.Item * sign)];

    private static Reason Of(LoanApplication application, int place, double contribution)
    {
        var feature = application.Product.Features[place];
        return new Reason(feature.Name, ReasonText.Of(application.Product, feature, application.Values[place], contribution > 0), contribution);
    }
}
