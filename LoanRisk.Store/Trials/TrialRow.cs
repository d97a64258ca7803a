using System.Text.Json;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Trials;

/// <summary>A line of the table <c>trials</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class TrialRow
{
    public string StudyId { get; set; } = "";

    public int Number { get; set; }

    public string Step { get; set; } = "";

    public string Parameters { get; set; } = "";

    public int Seed { get; set; }

    public string Folds { get; set; } = "";

    public double Metric { get; set; }

    public string State { get; set; } = "";

    public string StartedAt { get; set; } = "";

    public double Seconds { get; set; }

    public static TrialRow From(string study, Trial trial) => new()
    {
        StudyId = study,
        Number = trial.Number,
        Step = trial.Step,
        Parameters = JsonSerializer.Serialize(trial.Parameters),
        Seed = trial.Seed,
        Folds = JsonSerializer.Serialize(trial.Folds),
        Metric = trial.Metric,
        State = trial.Complete ? "complete" : "failed",
        StartedAt = SqlText.Of(trial.StartedAt),
        Seconds = trial.Seconds,
    };

    public Trial ToTrial() => new()
    {
        Number = Number,
        Step = Step,
        Parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(Parameters)!,
        Seed = Seed,
        Folds = JsonSerializer.Deserialize<double[]>(Folds)!,
        Metric = Metric,
        Complete = State == "complete",
        StartedAt = SqlText.Moment(StartedAt),
        Seconds = Seconds,
    };
}

/// <summary>A line of the table <c>studies</c>.</summary>
internal sealed class StudyRow
{
    public string Id { get; set; } = "";

    public string Product { get; set; } = "";

    public string DataId { get; set; } = "";

    public string Settings { get; set; } = "";

    public string StartedAt { get; set; } = "";

    public string? EndedAt { get; set; }

    public string? ModelId { get; set; }

    public Study ToStudy() =>
        new(Id, Product, DataId, Settings, SqlText.Moment(StartedAt), EndedAt is null ? null : SqlText.Moment(EndedAt), ModelId);
}
