using LoanRisk.Store.Database;

namespace LoanRisk.Store.Drift;

/// <summary>A line of the table <c>drift_windows</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class DriftWindowRow
{
    public string Product { get; set; } = "";

    public string ModelId { get; set; } = "";

    public string Rule { get; set; } = "";

    public int Number { get; set; }

    public string FirstAt { get; set; } = "";

    public string LastAt { get; set; } = "";

    public long LastSeq { get; set; }

    public long Decisions { get; set; }

    public int Alarm { get; set; }

    public string Result { get; set; } = "";

    public string MadeAt { get; set; } = "";

    public static DriftWindowRow From(DriftSeries series, DriftWindow window) => new()
    {
        Product = series.Product,
        ModelId = series.ModelId,
        Rule = series.Rule,
        Number = window.Number,
        FirstAt = SqlText.Of(window.FirstAt),
        LastAt = SqlText.Of(window.LastAt),
        LastSeq = window.LastSeq,
        Decisions = window.Decisions,
        Alarm = window.Alarm ? 1 : 0,
        Result = SqlText.Held(window.Result),
        MadeAt = SqlText.Of(window.MadeAt),
    };

    public DriftWindow ToWindow() => new()
    {
        Number = Number,
        FirstAt = SqlText.Moment(FirstAt),
        LastAt = SqlText.Moment(LastAt),
        LastSeq = LastSeq,
        Decisions = Decisions,
        Alarm = Alarm == 1,
        Result = Result,
        MadeAt = SqlText.Moment(MadeAt),
    };
}
