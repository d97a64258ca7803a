using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>The numbers that stand for names in databases and records. They never change their meaning.</summary>
internal static class RecordCodes
{
    private static readonly Outcome[] Outcomes = [Outcome.Approve, Outcome.Refer, Outcome.Decline];

    private static readonly ScoringMode?[] Scorings = [null, ScoringMode.Both, ScoringMode.Engine, ScoringMode.Mlnet];

    /// <summary>0 approve, 1 refer, 2 decline.</summary>
    public static byte Of(Outcome outcome) => CodeOf(Outcomes, outcome);

    /// <summary>0 not kept, 1 both, 2 engine, 3 ML.NET.</summary>
    public static byte Of(ScoringMode? scoring) => CodeOf(Scorings, scoring);

    /// <exception cref="RecordFormatException">No outcome has this number.</exception>
    public static Outcome OutcomeOf(long code) => At(Outcomes, code, "outcome");

    /// <exception cref="RecordFormatException">No way of scoring has this number.</exception>
    public static ScoringMode? ScoringOf(long code) => At(Scorings, code, "way of scoring");

    /// <summary>The place of a name in its list.</summary>
    public static byte CodeOf<T>(T[] names, T name) => Array.IndexOf(names, name) is >= 0 and var code
        ? (byte)code
        : throw new ArgumentOutOfRangeException(nameof(name), name, "It has no number in the database.");

    /// <summary>The name at a place.</summary>
    /// <exception cref="RecordFormatException">There is none.</exception>
    public static T At<T>(T[] names, long code, string what) => code >= 0 && code < names.Length
        ? names[code]
        : throw RecordFormatException.Unknown(what, (ulong)code);
}
