using LoanRisk.Lending.Applications;

namespace LoanRisk.Lending.Decisions;

/// <summary>Says in the product's words what counted against an applicant and what in favour.</summary>
internal static class ReasonWriter
{
    /// <summary>
    /// The reasons in the order of <see cref="ReasonRanking.Against"/>. The contribution of its feature stands with the first rule about
    /// it, when it raises the score too.
    /// </summary>
    public static IReadOnlyList<Reason> Against(LoanApplication application, in ScoredRow row)
    {
        var places = new ReasonPlace[ReasonRanking.Most];
        var reasons = new Reason[ReasonRanking.Against(row, places)];
        for (var i = 0; i < reasons.Length; i++)
        {
            var place = places[i];
            reasons[i] = place switch
            {
                { Feature: < 0, Rule: { } nothing } => new Reason("", nothing, null),
                { Rule: { } rule } => new Reason(
                    NameOf(application, place.Feature), rule, RaisingPart(row, places.AsSpan(0, i), place.Feature)),
                { IsUnseen: true } => new Reason(NameOf(application, place.Feature), ReasonText.Unseen(application, place.Feature), null),
                _ => Of(application, place),
            };
        }

        return reasons;
    }

    /// <summary>The reasons of <see cref="ReasonRanking.InFavour"/>.</summary>
    public static IReadOnlyList<Reason> InFavour(LoanApplication application, ReadOnlySpan<double> contributions)
    {
        var places = new ReasonPlace[ReasonRanking.Most];
        var count = ReasonRanking.InFavour(contributions, places);
        return [.. places.Take(count).Select(place => Of(application, place))];
    }

    private static double? RaisingPart(in ScoredRow row, ReadOnlySpan<ReasonPlace> before, int feature)
    {
        foreach (var place in before)
        {
            if (place.Feature == feature)
            {
                return null;
            }
        }

        return row.Contributions[feature] is > ExplainedScore.Tolerance and var part ? part : null;
    }

    private static Reason Of(LoanApplication application, ReasonPlace place)
    {
        var feature = application.Product.Features[place.Feature];
        var text = ReasonText.Of(application.Product, feature, application.Values[place.Feature], raises: place.Contribution > 0);
        return new Reason(feature.Name, text, place.Contribution);
    }

    private static string NameOf(LoanApplication application, int feature) => application.Product.Features[feature].Name;
}
