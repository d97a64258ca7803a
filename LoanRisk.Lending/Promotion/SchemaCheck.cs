using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Promotion;

/// <summary>
/// Is the candidate of the product as it stands, and can whoever calls the champion go on as before? New features are compatible when they
/// may be missing; a feature that is gone is not.
/// </summary>
internal static class SchemaCheck
{
    public static GateCheck Of(LoanProduct product, ModelManifest candidate, ModelManifest? champion)
    {
        var (passed, sentence) = Judge(product, candidate, champion);
        return new GateCheck("schema", passed, sentence, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["features"] = candidate.Features.Count, ["championFeatures"] = champion?.Features.Count ?? 0,
        });
    }

    private static (bool Passed, string Sentence) Judge(LoanProduct product, ModelManifest candidate, ModelManifest? champion)
    {
        if (candidate.Product != product.Id)
        {
            return (false, $"The candidate is of product {candidate.Product}, not of {product.Id}.");
        }

        if (candidate.SchemaVersion != product.SchemaVersion || !candidate.Features.SequenceEqual(product.FeatureNames))
        {
            return (
                false,
                $"The candidate was trained with schema version {candidate.SchemaVersion}; the product now has {product.SchemaVersion}. "
                    + "Train it again.");
        }

        if (champion is null || (champion.SchemaVersion == candidate.SchemaVersion && champion.Features.SequenceEqual(candidate.Features)))
        {
            return (
                true,
                $"Schema version {candidate.SchemaVersion} with "
                    + $"{CountedNoun.Of(candidate.Features.Count, "feature")}{(champion is null ? "" : ", unchanged")}.");
        }

        var gone = champion.Features.Except(candidate.Features, StringComparer.Ordinal).ToArray();
        var asked = candidate.Features.Except(champion.Features, StringComparer.Ordinal)
            .Where(n => product.Find(n) is not { MayBeMissing: true })
            .ToArray();
        return (gone.Length, asked.Length) switch
        {
            (0, 0) => (
                true,
                $"Schema version {candidate.SchemaVersion} after {champion.SchemaVersion}: compatible, whatever is new may be left out."),
            (> 0, _) => (false, $"The champion's features {string.Join(", ", gone)} are gone; callers that send them would be refused."),
            _ => (
                false,
                $"The features {string.Join(", ", asked)} are new and may not be left out; "
                    + "callers that do not send them would be refused."),
        };
    }
}
