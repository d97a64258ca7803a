using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Baselines;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;

namespace LoanRisk.Reports;

/// <summary>
/// Other models to draw behind a model's curves when no loans are at hand: what its package says of baselines, and what the other package
/// says of itself on the same rows.
/// </summary>
/// <param name="Curves">The champion, or for the champion the one before it, where it can be drawn; then the scorecard.</param>
/// <param name="Notes">What a reader must know about them, or why the first is missing.</param>
public sealed record RecordedComparisons(IReadOnlyList<ComparisonCurves> Curves, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// The first is not drawn, for it was measured on other rows, which is the last of the notes: a report measures both on the same.
    /// </summary>
    public bool NeedsReport { get; private init; }

    /// <summary>Finds them.</summary>
    /// <param name="model">The model, and the one it is held against.</param>
    /// <param name="figures">What the model's package says.</param>
    public static RecordedComparisons Of(ReportedModel model, ModelMetrics figures)
    {
        var scorecard = figures.Baselines?.FirstOrDefault(b => b.Name == Baseline.ScorecardName);
        var behind = model.ComparedWith is { } before ? Find(model, figures, before) : null;
        ComparisonCurves?[] curves =
        [
            behind,
            scorecard is null ? null : new ComparisonCurves("Scorecard", IsBaseline: true, scorecard.Test, scorecard.Roc, Curves: null),
        ];
        return new RecordedComparisons([.. curves.OfType<ComparisonCurves>()], [.. Remarks(model, behind).OfType<string>()])
        {
            NeedsReport = model.ComparedWith is not null && behind is null,
        };
    }

    private static ComparisonCurves? Find(ReportedModel model, ModelMetrics figures, RegisteredPackage before)
    {
        var theirs = ModelMetrics.Of(before.Package.Files);
        var own = TestRows.AreSame((model.Package, figures), (before.Package, theirs)) ? theirs.Evaluation : null;
        return figures.Baselines?.FirstOrDefault(b => b.ModelId == before.Model.Id) is { } baseline
            ? new ComparisonCurves(model.ComparedWithName, IsBaseline: false, baseline.Test, baseline.Roc, own?.Curves)
            : own is null ? null : new ComparisonCurves(model.ComparedWithName, IsBaseline: false, own.Metrics, own.Curves.Roc, own.Curves);
    }

    private static IEnumerable<string?> Remarks(ReportedModel model, ComparisonCurves? behind)
    {
        yield return model.ComparisonProblem;
        if (model.ComparedWith is not { } before)
        {
            yield break;
        }

        var name = $"{model.ComparedWithName} {ShortId.Of(before.Model.Id)}";
        yield return behind switch
        {
            null => $"{name} is not drawn behind these curves: it was measured on other rows, and the two would be no fair match.",
            { Curves: null } =>
                $"{name} is drawn in the first chart alone, as this model's training measured it; its other curves are of other rows.",
            _ => null,
        };
        yield return behind is null || before.Caution is null ? null : $"{name}: {before.Caution}";
    }
}
