using System.Globalization;

namespace LoanRisk.Store.Database;

/// <summary>How moments and names of enumerations are spelled in the databases.</summary>
internal static class SqlText
{
    /// <summary>As ISO 8601 has it, in UTC: <c>2026-11-21T10:42:29.1241114Z</c>.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Lower case, words parted by an underscore: <c>rolled_back</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        string.Concat(
            value.ToString().Select(
                (letter, i) => i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static T Enum<T>(string text)
        where T : struct, Enum =>
        System.Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
