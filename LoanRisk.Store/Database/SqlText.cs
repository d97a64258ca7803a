using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

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

    /// <summary>
    /// What people and files say, so that every database can hold it: the character 0 and halves of surrogate pairs, which its texts cannot
    /// have, become U+FFFD.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Held(string? text) =>
        text is null || PostgresServer.CanHold(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    public static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static T Enum<T>(string text)
        where T : struct, Enum =>
        System.Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
