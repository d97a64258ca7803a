using LoanRisk.Lending;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Init;

/// <summary>The column that was taken for the outcome.</summary>
/// <param name="Column">The column.</param>
/// <param name="Bad">Its value for a bad outcome.</param>
/// <param name="Good">Its other value.</param>
/// <param name="Why">Why this column, and why this value is the bad one.</param>
internal sealed record TargetGuess(TextColumn Column, string Bad, string Good, string Why)
{
    private const int MostNamed = 6;

    // Nearer to each other than this, two columns are asked about.
    private const int ClearLead = 3;

    /// <summary>Whether the bad ones are bad, by row.</summary>
    public bool[] BadRows => [.. Enumerable.Range(0, Column.RowCount).Select(row => Column.At(row) == Bad)];

    /// <summary>
    /// Finds the target: a column whose name or values say that it is the outcome, and the value that they say is bad. Nothing is taken for
    /// want of another.
    /// </summary>
    /// <param name="columns">The settled columns.</param>
    /// <param name="named">The column the caller named, or null to find one.</param>
    /// <param name="bad">The bad value the caller named, or null to find it.</param>
    /// <exception cref="InvalidOptionException">There is no such column, it has not two values, or nothing says which it is; the message
    /// says what to name.</exception>
    public static TargetGuess Find(IReadOnlyList<TextColumn> columns, string? named, string? bad)
    {
        var (column, why) = named is null ? Guess(columns) : (Named(columns, named, bad), "you named it");
        var values = column.Values.Select(v => v.Text).ToList();
        var (worse, because) = bad is null ? Worse(column) ?? throw Unsaid(column) : (Given(column, bad), "you named it");
        return new TargetGuess(column, worse, values.First(v => v != worse), $"{why}; bad is {worse}, for {because}");
    }

    /// <summary>The same target among the rows that have an outcome.</summary>
    public TargetGuess In(IReadOnlyList<TextColumn> columns) => this with { Column = columns.First(c => c.Name == Column.Name) };

    private static TextColumn Named(IReadOnlyList<TextColumn> columns, string name, string? bad)
    {
        var column = columns.FirstOrDefault(c => c.Name == name)
            ?? throw new InvalidOptionException(
                $"The file has no column \"{name}\"; it has {string.Join(", ", columns.Select(c => c.Name))}.");
        if (bad is not null)
        {
            column.TakeAsValue(bad);
        }

        return column.Values.Count == 2
            ? column
            : throw new InvalidOptionException($"{name} has {Counted(column)}; an outcome has two, a bad and a good one.{Advice(column)}");
    }

    private static string Counted(TextColumn column) => column.Values.Count switch
    {
        0 => "no value",
        1 => $"1 value, {column.Values[0].Text}",
        <= MostNamed =>
            $"{CountedNoun.Of(column.Values.Count, "different value")} ({string.Join(", ", column.Values.Select(v => v.Text))})",
        _ => CountedNoun.Of(column.Values.Count, "different value"),
    };

    private static string Advice(TextColumn column) =>
        column.Values.Count is > 2 and <= 20 && column.Values.Any(v => OutcomeNames.OfValue(v.Text) == OutcomeSense.Bad)
        ? " Keep the rows whose outcome is final, and write them as two values."
        : "";

    private static string Given(TextColumn column, string bad)
    {
        var values = column.Values.Select(v => v.Text).ToList();
        return values.Find(v => v == bad) ?? values.Find(v => TextColumn.AreSame(v, bad))
            ?? throw new InvalidOptionException($"\"{bad}\" is no value of {column.Name}; it has {values[0]} and {values[1]}.");
    }

    private static (TextColumn Column, string Why) Guess(IReadOnlyList<TextColumn> columns)
    {
        var twoValued = columns.Where(c => c.Values.Count == 2 && c.Name.Length > 0).ToList();
        var candidates = twoValued.Where(c => ProtectedColumn.Why(c) is null)
            .Select(c => (Column: c, Points: Points(c)))
            .Where(c => c.Points > 0)
            .OrderByDescending(c => c.Points).ThenBy(c => c.Column.MissingRows).ToList();
        if (candidates.Count == 0)
        {
            throw Nothing(columns, twoValued);
        }

        var best = candidates[0].Column;
        var near = candidates.Skip(1)
            .Where(c => candidates[0].Points - c.Points < ClearLead && !best.TellsSameAs(c.Column))
            .Select(c => c.Column.Name)
            .ToList();
        return near.Count == 0
            ? (best, "its name and values say that it is the outcome")
            : throw new InvalidOptionException(
                $"More than one column may be the outcome: {string.Join(", ", near.Prepend(best.Name))}. Name it: "
                + $"--target {Quoted(best.Name)}, and its bad value: --bad VALUE.");
    }

    // By name 4, where it says good or bad; by its values 3, where one of them is a word for what went wrong.
    private static int Points(TextColumn column)
    {
        var byValue = column.Values.Any(v => OutcomeNames.OfValue(v.Text) == OutcomeSense.Bad) ? 3 : 0;
        return OutcomeNames.OfName(column.Name) switch
        {
            OutcomeSense.Bad or OutcomeSense.Good => 4 + byValue,
            OutcomeSense.Event => 3 + byValue,
            OutcomeSense.Vague => 2 + byValue,
            _ => byValue,
        };
    }

    private static (string Bad, string Because)? Worse(TextColumn column)
    {
        var values = column.Values.Select(v => v.Text).ToList();
        var bad = values.FindAll(v => OutcomeNames.OfValue(v) == OutcomeSense.Bad);
        var good = values.FindAll(v => OutcomeNames.OfValue(v) == OutcomeSense.Good);
        return bad.Count == 1 ? (bad[0], "the word says so")
            : good.Count == 1 && bad.Count == 0 && OutcomeNames.OfName(column.Name) != OutcomeSense.None
                ? (values.First(v => v != good[0]), $"{good[0]} is the good one")
            : values.Find(OutcomeNames.IsYes) is { } yes && values.Find(OutcomeNames.IsNo) is { } no ? ByName(column.Name, yes, no)
            : null;
    }

    // A status of 1 may be either.
    private static (string Bad, string Because)? ByName(string column, string yes, string no) => OutcomeNames.OfName(column) switch
    {
        OutcomeSense.Good => (no, "the column is called after the good outcome"),
        OutcomeSense.Bad => (yes, "the column is called after the bad outcome"),
        OutcomeSense.Event => (yes, "that usually means that it happened"),
        _ => null,
    };

    private static InvalidOptionException Unsaid(TextColumn column) =>
        new(
            $"Nothing says which value of {column.Name} is the bad one, {column.Values[0].Text} or {column.Values[1].Text}. Name it: "
            + $"--target {Quoted(column.Name)} --bad {Quoted(column.Values[1].Text)}, or --bad {Quoted(column.Values[0].Text)}.");

    private static InvalidOptionException Nothing(IReadOnlyList<TextColumn> columns, List<TextColumn> twoValued)
    {
        var near = columns.FirstOrDefault(
            c => c.Values.Count is > 2 and <= 20 && c.Values.Any(v => OutcomeNames.OfValue(v.Text) == OutcomeSense.Bad));
        var hint = near is null ? "" : $" {near.Name} has {Counted(near)}.{Advice(near)}";
        return new InvalidOptionException(twoValued.Count == 0
            ? "No column can be the outcome: none has exactly two different values. "
              + $"Bring a file with a column that says bad or good.{hint}"
            : $"No column says by its name or its values that it is the outcome.{hint} Name it and its bad value with --target COL --bad "
              + "VALUE. Two values have: "
              + $"{string.Join(", ", twoValued.Select(c => $"{c.Name} ({c.Values[0].Text}, {c.Values[1].Text})"))}.");
    }

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
