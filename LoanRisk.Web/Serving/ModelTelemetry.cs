using System.Diagnostics.Metrics;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Serving;

/// <summary>The age of what serves, and whether decisions can be stored, as measures show them.</summary>
internal sealed class ModelTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "LoanRisk.Serving";

    public ModelTelemetry(ProductCatalog catalog, DecisionStore store, TimeProvider clock, IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(
            "loanrisk.model.age", () => Ages(catalog, clock.GetUtcNow()), "s", "Time since the serving model was trained, by product.");
        meter.CreateObservableGauge(
            "loanrisk.store.trouble", () => store.Trouble is null ? 0 : 1, "1", "1 while decisions cannot be stored, else 0.");
    }

    private static IEnumerable<Measurement<double>> Ages(ProductCatalog catalog, DateTimeOffset now) =>
        from place in catalog.Places
        let package = place.DecisionEngine?.Package
        where package is not null
        select new Measurement<double>(
            (now - package.Manifest.TrainedAt).TotalSeconds,
            new("loanrisk.product", place.Product.Id),
            new("loanrisk.model", ShortId.Of(package.Id)));
}
