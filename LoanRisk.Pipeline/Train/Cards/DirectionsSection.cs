using LoanRisk.Lending;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>Which directions of the product file the trees keep, and what each costs.</summary>
internal static class DirectionsSection
{
    public static IEnumerable<string> Of(MonotoneDecision decision)
    {
        yield return "## Directions that the trade would insist on";
        yield return decision.Rule;
        if (decision.None is { } none && decision.All is { } all)
        {
            yield return $"{CrossValidation.FoldCount}-fold AUC without the test rows: "
                + $"without any direction {PlainFigures.Fine(none.Auc)}, with all {PlainFigures.Fine(all.Auc)}, "
                + $"with those kept {PlainFigures.Fine(decision.Chosen.Auc)}.";
        }

        if (decision.Directions.Count == 0)
        {
            yield break;
        }

        yield return MarkdownLines.Of([
            "| Feature | Direction | AUC alone | Costs alone | AUC on top of those kept before | Kept |", "|---|---|---:|---:|---:|---|",
            .. decision.Directions.Select(d =>
                $"| `{d.Feature}` | {(d.Direction > 0 ? "up" : "down")} | {PlainFigures.Fine(d.AucAlone)} | "
                + $"{PlainFigures.Fine(d.CostAlone)} | {PlainFigures.Fine(d.AucAdded)} | {(d.Kept ? "yes" : "no")} |")]);
        yield return "A direction that was not kept can show reasons that a person would not expect, "
            + "for example a higher value that counts in an applicant's favour.";
    }
}
