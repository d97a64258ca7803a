using LoanRisk.Lending.Evaluation;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Wording;

/// <summary>Models as a person reads them.</summary>
public static class ModelText
{
    /// <summary>Champion, Challenger, Candidate or Retired.</summary>
    public static string Word(this ModelState state) => state.ToString();

    /// <summary>What the state means.</summary>
    public static string Meaning(this ModelState state) => state switch
    {
        ModelState.Champion => "It serves its product.",
        ModelState.Challenger => "It scores beside the champion; its answers decide nothing.",
        ModelState.Candidate => "It was never promoted.",
        _ => "It has served, or was set aside.",
    };

    /// <summary>Where a model came from.</summary>
    public static string Word(this ModelSource source) => source switch
    {
        ModelSource.Shipped => "shipped with the product",
        ModelSource.Trained => "trained",
        ModelSource.Tuned => "found by a search",
        _ => "imported",
    };

    /// <summary>A measure with the interval that chance allows: <c>0.7195 (0.6962 to 0.7431)</c>.</summary>
    public static string Measure(double? value, Interval? interval = null) => (value, interval) switch
    {
        (null, _) => "not measured",
        ({ } v, { } i) => $"{FigureText.Fine(v)} ({FigureText.Fine(i.Low)} to {FigureText.Fine(i.High)})",
        ({ } v, _) => FigureText.Fine(v),
    };

    /// <summary>How a period of service began.</summary>
    public static string Beginning(ModelEvent began) => (began.Kind, began.Forced) switch
    {
        (ModelEventKind.RolledBack, _) => "rolled back to",
        (_, true) => "promoted against the gate",
        _ => "promoted",
    };

    /// <summary>What an event was for one of the models it is about.</summary>
    public static string Happening(ModelEvent line, string modelId) => (line.ModelId == modelId, line.Kind) switch
    {
        (false, ModelEventKind.RolledBack) => $"taken back, {ShortId.Of(line.ModelId)} serves again,",
        (false, ModelEventKind.Challenger) => $"followed by {ShortId.Of(line.ModelId)} as challenger",
        (false, _) => $"followed by {ShortId.Of(line.ModelId)}",
        (_, ModelEventKind.Promoted or ModelEventKind.RolledBack) => Beginning(line),
        (_, ModelEventKind.Challenger) => "made the challenger",
        (_, ModelEventKind.Retired) => "set aside",
        (_, ModelEventKind.Policy) => PolicyChange(line),
        _ => "registered",
    };

    private static string PolicyChange(ModelEvent line) => line is { PreviousPolicyHash: { } before, PolicyHash: { } now }
        ? $"policy {ShortId.Of(now)} put in the place of {ShortId.Of(before)}"
        : $"policy {ShortId.Of(line.PolicyHash ?? "")} recorded";
}
