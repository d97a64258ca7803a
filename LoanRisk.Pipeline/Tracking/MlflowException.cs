namespace LoanRisk.Pipeline.Tracking;

/// <summary>An MLflow server did not do what it was asked. The message is a sentence about what it said, on one line.</summary>
/// <param name="message">What it said, or why nothing came.</param>
/// <param name="code">MLflow's error code; empty when it gave none.</param>
/// <param name="isAway">No further request has a chance now: nothing listens, answers take too long, or it lets nobody in.</param>
public sealed class MlflowException(string message, string code = "", bool isAway = false) : Exception(message)
{
    /// <summary>MLflow's word for what is asked for and is not there.</summary>
    public const string DoesNotExist = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>MLflow's word for what is made and is there already.</summary>
    public const string AlreadyExists = "RESOURCE_ALREADY_EXISTS";

    /// <summary>MLflow's error code; empty when it gave none.</summary>
    public string Code { get; } = code;

    /// <summary>No further request has a chance now.</summary>
    public bool IsAway { get; } = isAway;
}
