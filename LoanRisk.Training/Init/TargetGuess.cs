namespace LoanRisk.Training.Init;

/// <summary>The column that was taken for the outcome.</summary>
/// <param name="Column">The column.</param>
/// <param name="Bad">Its value for a bad outcome.</param>
/// <param name="Good">Its other value.</param>
/// <param name="Why">Why this column, and why this value is the bad one.</param>
internal sealed record TargetGuess(TextColumn Column, string Bad, string Good, string Why)
{
    // Words by which tables call what went wrong; and those by which they call what went well.
    private static readonly string[] Wrong =
    [
        "bad", "default", "defaulted", "late", "delinquent", "delinquency", "overdue", "arrears", "loss", "lost", "churn", "churned", "exited", "left",
        "attrition", "fraud", "bankrupt", "bankruptcy", "charged", "failed", "risk", "difficulties",
    ];

    private static readonly string[] Well = ["good", "paid", "repaid", "creditworthy", "creditability", "approved", "success", "ok", "current", "stayed"];

    private static readonly string[] Yes = ["1", "yes", "true", "y", "t"];

    private static readonly string[] No = ["0", "no", "false", "n", "f"];

    private static readonly string[] Outcomes = ["target", "label", "outcome", "status", "class", "result", "y"];

    /// <summary>Whether the bad ones are bad, by row.</summary>
    public bool[] BadRows => [.. Enumerable.Range(0, Column.RowCount).Select(row => Column.At(row) == Bad)];

    /// <summary>Finds the target.</summary>
    /// <param name="columns">The settled columns.</param>
    /// <param name="named">The column the caller named, or null to guess.</param>
    /// <param name="bad">The bad value the caller named, or null to guess.</param>
    /// <exception cref="UsageException">There is no such column, it has not two values, or none can be guessed; the message says what to name.</exception>
    public static TargetGuess Find(IReadOnlyList<TextColumn> columns, string? named, string? bad)
    {
        var (column, why) = named is null ? Guess(columns) : (Named(columns, named), "you named it");
        var values = column.Values.Select(v => v.Text).ToList();
        if (bad is not null && !values.Contains(bad))
        {
            throw new UsageException($"\"{bad}\" is no value of {column.Name}; it has {values[0]} and {values[1]}.");
        }

        var (worse, because) = bad is null ? Worse(column, values) : (bad, "you named it");
        return new TargetGuess(column, worse, values.First(v => v != worse), $"{why}; bad is {worse}, for {because}");
    }

    private static TextColumn Named(IReadOnlyList<TextColumn> columns, string name)
    {
        var column = columns.FirstOrDefault(c => c.Name == name)
            ?? throw new UsageException($"The file has no column \"{name}\"; it has {string.Join(", ", columns.Select(c => c.Name))}.");
        return column.Values.Count == 2
            ? column
            : throw new UsageException($"{name} has {column.Values.Count:N0} different values; an outcome has two, a bad and a good one.");
    }

    private static (TextColumn Column, string Why) Guess(IReadOnlyList<TextColumn> columns)
    {
        var candidates = columns.Where(c => c.Values.Count == 2 && c.Name.Length > 0).ToList();
        var best = candidates.Select(c => (Column: c, Points: Points(c))).OrderByDescending(c => c.Points).FirstOrDefault();
        if (best.Points > 0)
        {
            return (best.Column, "of the columns with two values its name and values say it most");
        }

        return candidates.Count == 1
            ? (candidates[0], "it is the only column with two values")
            : throw new UsageException(candidates.Count == 0
                ? "No column can be the outcome: none has exactly two different values. Bring a file with a column that says bad or good."
                : $"Several columns have two values and none is called like an outcome. Name it with --target: {string.Join(", ", candidates.Select(c => c.Name))}.");
    }

    // A column of outcomes has few gaps; its name weighs more than its values.
    private static int Points(TextColumn column)
    {
        var byName = ColumnName.Says(column.Name, Wrong) || ColumnName.Says(column.Name, Well) ? 4 : ColumnName.Says(column.Name, Outcomes) ? 3 : 0;
        var byValue = column.Values.Any(v => !TextColumn.IsNumber(v.Text) && ColumnName.Says(v.Text, Wrong)) ? 3 : 0;
        var isNegated = ColumnName.Says(column.Name, "zero", "no", "not", "without");
        return column.MissingRows * 20 > column.RowCount || isNegated ? 0 : byName + byValue;
    }

    private static (string Bad, string Because) Worse(TextColumn column, List<string> values)
    {
        if (values.Find(v => Yes.Contains(v, StringComparer.OrdinalIgnoreCase)) is { } yes && values.Find(v => No.Contains(v, StringComparer.OrdinalIgnoreCase)) is { } no)
        {
            return ColumnName.Says(column.Name, Well) ? (no, "the column is called after the good outcome") : (yes, "that usually means that it happened");
        }

        if (values.Count(v => ColumnName.Says(v, Wrong)) == 1)
        {
            return (values.Single(v => ColumnName.Says(v, Wrong)), "the word says so");
        }

        return (column.Values[1].Text, "it is the rarer one");
    }
}
