using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Tune;

/// <summary>How a search goes; kept with it, so that resuming needs nothing else.</summary>
public sealed record TuneSettings
{
    /// <summary>Trials in all, the first of which is the product's own parameters.</summary>
    public required int Trials { get; init; }

    /// <summary>Seed of the search and of every training run.</summary>
    public required int Seed { get; init; }

    /// <summary>Of the trials this many are random before the search learns from what it has seen.</summary>
    public int RandomTrials => Math.Max(3, Trials / 3);

    /// <summary>
    /// How the product's monotone directions are used: while searching all are kept or none; the final model weighs them.
    /// </summary>
    public MonotoneRule Monotone { get; init; } = MonotoneRule.Weigh;

    /// <summary>AUC that kept directions may cost in the final model.</summary>
    public double MonotoneTolerance { get; init; } = 0.002;

    /// <summary>What is done about few bad loans.</summary>
    public ImbalanceRule Imbalance { get; init; } = ImbalanceRule.None;

    /// <summary>
    /// Who grows the trees; left out of the JSON where it is the managed trainer, so that earlier searches read the same.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TreeTrainer Trainer { get; init; }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>From JSON.</summary>
    public static TuneSettings FromJson(string json) => JsonSerializer.Deserialize<TuneSettings>(json)!;
}
