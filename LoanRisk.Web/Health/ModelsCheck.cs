using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Reports.Format;
using LoanRisk.Web.Serving;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary>
/// Each serving model scores its golden row, on the way an application takes, as its manifest says. A refused champion makes the
/// site not ready when nothing serves in its place, and is told in any case; a product that was never trained, or whose file is broken,
/// makes it so only when no other serves.
/// </summary>
internal sealed class ModelsCheck(ProductCatalog catalog) : IHealthCheck
{
    /// <summary>Processors may differ in the last bits of exp and log; nothing else may.</summary>
    private const double Tolerance = 1e-12;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = catalog.Places.Select(StateOf).ToList();
        var ready = states.Exists(state => state.State == "serving") && states.TrueForAll(state => state.State is "serving" or "untrained");
        var data = states
            .Select(WithFault)
            .Select(state => state with { File = catalog.Place(state.Product).File is null ? null : "database" })
            .Concat(catalog.Broken.Where(b => catalog.Find(b.Id) is null).Select(b => new ModelState(b.Id, null, "broken", b.Why)))
            .ToDictionary(state => state.Product, object (state) => state);
        return Task.FromResult(ready ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Unhealthy(data: data));
    }

    // A file that broke after the start changes nothing yet.
    private ModelState WithFault(ModelState state) =>
        catalog.Broken.FirstOrDefault(b => b.Id == state.Product) is { } broken
            ? state with { Problem = state.Problem ?? catalog.Describe(broken) }
            : state;

    private static ModelState StateOf(ServedProduct place) => place switch
    {
        { DecisionEngine: { } engine } => (EmbeddedProblem(place) ?? GoldenRowProblem(engine)) is { } problem
            ? new ModelState(place.Product.Id, Shown(engine), "failing", problem)
            : new ModelState(place.Product.Id, Shown(engine), "serving", place.Trouble),
        { Trouble: { } trouble } => new ModelState(place.Product.Id, null, "refused", trouble),
        _ => new ModelState(place.Product.Id, null, "untrained", "There is no champion yet."),
    };

    // Nobody waits for it here: a decision does.
    private static string? EmbeddedProblem(ServedProduct place) => place.Embedded?.Loading.Exception?.InnerException?.Message;

    private static string? GoldenRowProblem(DecisionEngine engine)
    {
        var golden = engine.Package.Manifest.Golden;
        var check = LoanApplication.Check(
            engine.Product, golden.Values.ToDictionary(value => value.Key, value => FieldValue.OfText(value.Value)), InputStyle.Text);
        if (check.Application is not { } application)
        {
            return $"The golden row is not accepted: {check.Problems[0].Message}";
        }

        var decision = engine.DecideAlone(application);
        return Near(decision.RawScore, golden.RawScore) && Near(decision.Probability, golden.Probability)
            ? null
            : $"The golden row scores {decision.RawScore:R} and {decision.Probability:R}; "
                + $"its manifest says {golden.RawScore:R} and {golden.Probability:R}.";
    }

    private static bool Near(double actual, double expected) => Math.Abs(actual - expected) <= Tolerance * Math.Max(1, Math.Abs(expected));

    private static string Shown(DecisionEngine engine) => ShortId.Of(engine.Package.Id);
}

/// <summary>A product and the state of its model.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">Id of the model, when one is loaded.</param>
/// <param name="State"><c>serving</c>, <c>untrained</c>, <c>refused</c>, <c>failing</c> or <c>broken</c>, its file.</param>
/// <param name="Problem">Why it does not serve, or why another one was refused and this one serves on.</param>
internal sealed record ModelState(string Product, string? Model, string State, string? Problem)
{
    /// <summary><c>database</c> where the product's file is the one in the database; null for the folder's.</summary>
    public string? File { get; init; }
}
