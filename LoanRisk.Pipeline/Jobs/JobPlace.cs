using System.Security.Cryptography;
using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>Where a worker finds jobs, and who it is.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Products">The folder of products.</param>
/// <param name="Worker">Names the worker to all others, and to the operator.</param>
public sealed record JobPlace(DataFolder Data, string Products, string Worker)
{
    /// <summary>Where training is logged; null for nowhere.</summary>
    public MlflowServer? Mlflow { get; init; }

    /// <summary>Draws the figures that are logged with a model.</summary>
    public ModelPlots? Plots { get; init; }

    private const int Unguessable = 8;

    /// <summary>A name that no other worker has: machine, process and a few characters for one that gets the same number.</summary>
    public static string NewWorker() =>
        $"{Environment.MachineName}/{Environment.ProcessId}/{RandomNumberGenerator.GetHexString(Unguessable, lowercase: true)}";
}
