using System.Globalization;

namespace LoanRisk.Training.Init;

/// <summary>What a name or a value says of an outcome.</summary>
internal enum OutcomeSense
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Something went wrong.</summary>
    Bad,

    /// <summary>It went well.</summary>
    Good,

    /// <summary>That something happened, not what: <c>target</c>.</summary>
    Event,

    /// <summary>That it is an outcome, not which: <c>status</c>.</summary>
    Vague,
}

/// <summary>The words by which tables call outcomes.</summary>
internal static class OutcomeNames
{
    private static readonly string[] Wrong =
    [
        "bad", "default", "defaulted", "defaulter", "late", "delinquent", "delinquency", "dlq", "dlqin", "overdue", "arrears", "loss",
        "lost", "churn", "churned", "exited", "left",
        "attrition", "fraud", "fraudulent", "bankrupt", "bankruptcy", "charged", "chargeoff", "chargedoff", "failed", "failure", "risk",
        "difficulties", "unpaid", "refused", "rejected", "reject", "declined",
        "denied", "npl", "writeoff", "insolvent", "insolvency", "ausfall", "ausgefallen", "verzug", "zahlungsausfall", "defaut", "impaye",
        "impago", "mora", "moroso", "inadimplente", "inadimplencia", "insolvenza",
    ];

    private static readonly string[] Well =
    [
        "good", "paid", "repaid", "creditworthy", "creditability", "approved", "approval", "accepted", "granted", "success", "ok",
        "current", "stayed", "retained", "performing",
    ];

    private static readonly string[] Events = ["target", "label", "y"];

    private static readonly string[] Outcomes = ["outcome", "status", "class", "result", "decision"];

    private static readonly string[] Negations = ["zero", "no", "not", "non", "never", "without"];

    // PriorDefault tells of an earlier loan, cb_person_default_on_file of what a bureau keeps.
    private static readonly string[] Earlier =
    [
        "prior", "previous", "previously", "prev", "past", "last", "ever", "history", "hist", "before", "former", "earlier", "existing",
        "other", "since", "file", "num", "number", "count",
    ];

    private static readonly string[] Yes = ["yes", "true", "y", "t", "+", "ja", "j", "oui", "si", "sim"];

    private static readonly string[] No = ["no", "false", "n", "f", "-", "nein", "non", "nao"];

    /// <summary>What the name of a column says.</summary>
    public static OutcomeSense OfName(string column)
    {
        var words = ColumnName.WordsOf(column);
        return words.Any(w => Negations.Contains(w) || Earlier.Contains(w)) ? OutcomeSense.None
            : words.Any(Wrong.Contains) ? OutcomeSense.Bad
            : words.Any(Well.Contains) ? OutcomeSense.Good
            : words.Any(Events.Contains) ? OutcomeSense.Event
            : words.Any(Outcomes.Contains) ? OutcomeSense.Vague
            : OutcomeSense.None;
    }

    /// <summary>What a value says: <c>charged off</c> is bad, <c>not paid</c> as well.</summary>
    public static OutcomeSense OfValue(string value)
    {
        var words = ColumnName.WordsOf(value);
        var isNegated = words.Any(Negations.Contains);
        return words.Any(Wrong.Contains) ? (isNegated ? OutcomeSense.Good : OutcomeSense.Bad)
            : words.Any(Well.Contains) ? (isNegated ? OutcomeSense.Bad : OutcomeSense.Good)
            : OutcomeSense.None;
    }

    /// <summary>True for yes, true, +, 1 and 1.0.</summary>
    public static bool IsYes(string value) => Yes.Contains(value, StringComparer.OrdinalIgnoreCase) || IsNumber(value, 1);

    /// <summary>True for no, false, -, 0 and 0.0, and for the -1 of a table that writes 1 and -1.</summary>
    public static bool IsNo(string value) =>
        No.Contains(value, StringComparer.OrdinalIgnoreCase) || IsNumber(value, 0) || IsNumber(value, -1);

    private static bool IsNumber(string value, double number) =>
        TextColumn.IsNumber(value) && double.Parse(value, CultureInfo.InvariantCulture) == number;
}
