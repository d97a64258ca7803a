using System.Text.Json;

namespace LoanRisk.Web.Jobs;

/// <summary>What a training job works with.</summary>
/// <param name="DataVersion">Number of the data version; fixed when the job is asked for.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Trials">Trials of a search; null for plain training.</param>
internal sealed record JobArguments(int DataVersion, int Seed, int? Trials)
{
    /// <summary>The kind of job that trains with the product's parameters.</summary>
    public const string Train = "train";

    /// <summary>The kind of job that searches parameters first.</summary>
    public const string Tune = "tune";

    public string ToJson() => JsonSerializer.Serialize(this);

    public static JobArguments FromJson(string json) => JsonSerializer.Deserialize<JobArguments>(json)!;
}
