using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>What a training job works with.</summary>
/// <param name="DataVersion">Number of the data version; fixed when the job is asked for.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Trials">Trials of a search; null for plain training.</param>
public sealed record JobArguments(int DataVersion, int Seed, int? Trials)
{
    /// <summary>Who grows the trees; left out where it is the managed trainer, so that earlier jobs read the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TreeTrainer Trainer { get; init; }

    /// <summary>The kind of job that trains with the product's parameters.</summary>
    public const string Train = "train";

    /// <summary>The kind of job that searches parameters first.</summary>
    public const string Tune = "tune";

    /// <summary>The name of the managed trainer.</summary>
    public const string Managed = "managed";

    /// <summary>The name of ML.NET's trainer.</summary>
    public const string MLNet = TreeRecipes.MLNet;

    /// <summary>The kinds of jobs that this program can do.</summary>
    public static IReadOnlyCollection<string> Kinds { get; } = [Train, Tune];

    /// <summary>The text that the database keeps; equal requests have equal texts.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads that text.</summary>
    public static JobArguments FromJson(string json) => JsonSerializer.Deserialize<JobArguments>(json)!;
}
