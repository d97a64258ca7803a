using System.Globalization;

namespace LoanRisk.Lending.Products;

/// <summary>A column that names the row, a client or a contract: carried along and never a feature.</summary>
/// <param name="Column">The data's column.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="IsLookup">A stored row can be found and scored by it.</param>
/// <param name="Repeats">What a later row with the same id is.</param>
public sealed record IdColumn(string Column, string Label, bool IsLookup, IdRepeat Repeats = IdRepeat.Row);

/// <summary>What a row is whose id an earlier row has too.</summary>
public enum IdRepeat
{
    /// <summary>A further row, for example another loan of the same client.</summary>
    Row,

    /// <summary>The newer state of the same: it takes the earlier row's place.</summary>
    Update,

    /// <summary>The same once more: the earlier row stays.</summary>
    Duplicate,
}

/// <summary>The column that says from when a row is, for tests on later rows than those that were learnt from.</summary>
/// <param name="Column">The data's column.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Format">How dates are written, as .NET's custom formats have it: <c>yyyy-MM-dd</c>, <c>MMM-yyyy</c>.</param>
public sealed record DateColumn(string Column, string Label, string Format)
{
    /// <summary>
    /// Reads a date; null when the text is not written as <see cref="Format"/> says. Without a day it is the month's first; a time of day
    /// is dropped. A text with a time zone is of the day it names, wherever the program runs.
    /// </summary>
    public DateOnly? Read(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? DateOnly.FromDateTime(date.DateTime)
            : null;

    /// <summary>Writes a date as the data does, at midnight where the format has a time.</summary>
    public string Write(DateOnly date) => date.ToDateTime(TimeOnly.MinValue).ToString(Format, CultureInfo.InvariantCulture);
}

/// <summary>Where a product's data comes from.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="From">Who gives it, for example <c>UCI Machine Learning Repository</c>.</param>
/// <param name="Licence">Under which terms it may be used.</param>
/// <param name="Obtain">What to do to have it, in a sentence.</param>
/// <param name="Attribution">Whom to name, where the licence asks for it; null otherwise.</param>
public sealed record DataSource(string Name, string From, string Licence, string Obtain, string? Attribution);
