using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Web.Drift;

namespace LoanRisk.Web.Api;

/// <summary>How a product's decisions have drifted from the rows that the serving model was trained with.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The model.</param>
/// <param name="Watched">
/// The model says how the rows of its training were distributed; an imported one does not, and has no windows.
/// </param>
/// <param name="Period">What a window is: a number of decisions, a day, a week or a month.</param>
/// <param name="WindowSize">Decisions of a window; null where windows are of time.</param>
/// <param name="Waiting">Decisions that belong to no window yet.</param>
/// <param name="Windows">The windows that were looked at, the newest first.</param>
/// <param name="Newest">All about the newest window, as the console tells it; null before the first has come to its end.</param>
internal sealed record DriftResponse(
    string Product,
    ModelResponse Model,
    bool Watched,
    DriftPeriod Period,
    int? WindowSize,
    long Waiting,
    IReadOnlyList<DriftWindowResponse> Windows,
    DriftResult? Newest)
{
    public static DriftResponse Of(DriftStanding standing) => new(
        standing.Product.Id,
        ProductResponse.ModelOf(standing.Package),
        standing.IsWatched,
        standing.Product.Drift.Period,
        standing.Product.Drift.Period == DriftPeriod.Count ? standing.Product.Drift.Window : null,
        standing.Waiting,
        [.. standing.Windows.Select(DriftWindowResponse.Of)],
        standing.Newest?.Result);
}

/// <summary>A window of decisions.</summary>
/// <param name="Number">The look's number, from 1.</param>
/// <param name="From">When the first of its decisions was given.</param>
/// <param name="Until">When the last was.</param>
/// <param name="Decisions">How many it has.</param>
/// <param name="Alarm">A feature, or the model's answers, have drifted.</param>
/// <param name="Drifted">Names of the features that have.</param>
internal sealed record DriftWindowResponse(
    int Number, DateTime From, DateTime Until, long Decisions, bool Alarm, IReadOnlyList<string> Drifted)
{
    public static DriftWindowResponse Of(LookedWindow looked) => new(
        looked.Window.Number,
        looked.Window.FirstAt.UtcDateTime,
        looked.Window.LastAt.UtcDateTime,
        looked.Window.Decisions,
        looked.Window.Alarm,
        [.. looked.Result.Report.Features.Where(f => f.Alarm).Select(f => f.Name)]);
}
