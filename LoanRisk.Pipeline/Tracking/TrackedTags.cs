namespace LoanRisk.Pipeline.Tracking;

/// <summary>Names of the tags that runs and versions are found again by.</summary>
internal static class TrackedTags
{
    /// <summary>Id of the model package.</summary>
    public const string Model = "loanrisk.model_id";

    /// <summary>Id of a search for parameters.</summary>
    public const string Search = "loanrisk.search";

    /// <summary>Number of a trial.</summary>
    public const string Trial = "loanrisk.trial";

    /// <summary>MLflow's: id of the run that this one belongs to.</summary>
    public const string Parent = "mlflow.parentRunId";
}
