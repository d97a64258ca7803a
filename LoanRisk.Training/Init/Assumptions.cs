using LoanRisk.Lending;
using LoanRisk.Lending.Profile;

namespace LoanRisk.Training.Init;

/// <summary>What was taken for granted on the way to a draft, as sentences for the person who must look at it; the gravest first.</summary>
internal sealed class Assumptions
{
    private const int FewBadRows = 40;

    // Fewer equal rows come about by chance in a table of few columns.
    private const double ManyRepeated = 0.05;

    private readonly List<string> _rows = [];
    private readonly List<string> _values = [];

    /// <summary>What is said of the rows and the target.</summary>
    public void Read(TextTable file, TextTable table, TargetGuess target, bool[] bad)
    {
        var badRows = bad.Count(b => b);
        _rows.Add(
            $"target: \"{target.Bad}\" of {target.Column.Name} is bad, {100.0 * badRows / table.RowCount:0.0} % of the rows; "
            + "say in meaning, noun and horizon what that is");
        if (file.RowCount > table.RowCount)
        {
            var open = file.RowCount - table.RowCount;
            _rows.Add(
                $"{open:N0} of {CountedNoun.Of(file.RowCount, "row")} "
                + (open == 1
                    ? "has no outcome; it counts neither as good nor as bad, and was left out"
                    : "have no outcome; they count neither as good nor as bad, and were left out"));
        }

        if (file.UnreadableRows > 0)
        {
            _rows.Add(
                $"{CountedNoun.Of(file.UnreadableRows, "row cannot be read and was", "rows cannot be read and were")} left out; "
                + $"the first is {file.FirstUnreadable}");
        }

        if (file.RowsLeftAside > 0)
        {
            _rows.Add(
                $"only the first {CountedNoun.Of(file.RowCount, "row was", "rows were")} looked at; "
                + $"{file.RowsLeftAside:N0} {(file.RowsLeftAside == 1 ? "follows" : "follow")}");
        }

        if (table.RepeatedRows is var repeated && repeated > ManyRepeated * table.RowCount)
        {
            _rows.Add(
                $"{CountedNoun.Of(repeated, "row repeats", "rows repeat")} another row in every column; "
                + "rows of one loan must stand in one part of the data");
        }

        if (badRows < FewBadRows)
        {
            _rows.Add($"only {badRows:N0} bad rows: training needs at least 20, and more to be of use");
        }
    }

    /// <summary>A column of numbers or dates that could not be used as it is written.</summary>
    public void Unused(string column, string why) => _values.Add($"{column} is not used: {why}");

    /// <summary>How the date was read.</summary>
    public void Date(TextColumn column, DateGuess date)
    {
        if (date.Other is { } other)
        {
            _values.Add(
                $"{column.Name}: is {column.Values[0].Text} written {date.Format}, as drafted, "
                + $"or {other}? Every value can be read either way");
        }
    }

    /// <summary>An id that stands in more than one row.</summary>
    public void Id(TextColumn column)
    {
        if (column.Values[0].Rows > 1)
        {
            _values.Add($"{column.Name}: an id that stands in up to {CountedNoun.Of(column.Values[0].Rows, "row")}; are they one loan?");
        }
    }

    /// <summary>Numbers that seem to stand for a missing value.</summary>
    public void Codes(TextColumn column, SpecialCodes? codes)
    {
        if (codes?.Far.Count > 0)
        {
            _values.Add(
                $"{column.Name}: {Listed(codes.Far)} taken for a missing value, for it is far from all others and stands there often");
        }

        if (codes?.Near.Count > 0)
        {
            _values.Add(
                $"{column.Name}: does {Listed(codes.Near)} stand for a missing value? Then name it in missingSpellings, "
                + "and narrow allowed and seen");
        }
    }

    /// <summary>What is doubtful about a feature.</summary>
    public void Feature(DraftedFeature feature)
    {
        _values.AddRange(feature.Doubts);
        var joined = feature.Json["levels"] is null
            ? []
            : feature.Column.Values.Where(v => feature.Column.OtherSpellings(v.Text).Count > 0).ToList();
        if (joined.Count > 0)
        {
            _values.Add(
                $"{feature.Column.Name}: spellings of one value: "
                + $"{string.Join("; ", joined.Select(v => string.Join(", ", feature.Column.OtherSpellings(v.Text).Prepend(v.Text))))}");
        }

        if (!feature.Written.IsPlain)
        {
            var text = feature.Column.Values.Select(v => v.Text).First(t => !TextColumn.IsNumber(t));
            var unit = feature.Written.IsPercent ? " percent" : feature.Written.Currency is { } currency ? " " + currency : "";
            _values.Add($"{feature.Column.Name}: \"{text}\" is read as {NumericDraft.Short(WrittenNumbers.Read(text))}{unit}");
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Of(DraftedColumns drafted) =>
    [
        .. _rows,
        .. drafted.Protected.Count > 0
            ? [$"protected, and therefore no features: {string.Join(", ", drafted.Protected.Select(p => $"{p.Column.Name} ({p.What})"))}; "
                + "they stand in fairnessAttributes"]
            : Array.Empty<string>(),
        .. Line(drafted, f => ProtectedColumn.MayTell(f.Column.Name), "may tell of something protected"),
        .. _values,
        .. Line(drafted, f => f.AreCodes, "codes: what do they mean, and do they have an order"),
        .. Line(drafted, f => !f.AreCodes && (string)f.Json["kind"]! == "ordinal", "order of the levels"),
        .. drafted.Features.Any(f => f.Json["missing"] is not null)
            ? ["missing values: may an applicant leave them out?"]
            : Array.Empty<string>(),
        "features that are known only after the decision: take them out, whatever they add",
        "protected: was anything else that tells of sex, family, origin or the like drafted as a feature?",
        "labels, help and reasons: they stand on the form and in every decision",
        "currency, allowed ranges, and the bands and costs of the policy",
    ];

    private static string Listed(IReadOnlyList<double> codes) => string.Join(", ", codes.Select(NumericDraft.Short));

    private static IEnumerable<string> Line(DraftedColumns drafted, Func<DraftedFeature, bool> which, string what) =>
        drafted.Features.Where(which).Select(f => f.Column.Name).ToList() is { Count: > 0 } names
            ? [$"{what}: {string.Join(", ", names)}"]
            : [];
}
