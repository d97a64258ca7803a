using System.Globalization;

namespace LoanRisk.Lending;

/// <summary>Points in time as a person reads them: always UTC, and wherever there is a time of day, said so.</summary>
public static class Moments
{
    /// <summary><c>21 Nov 2026</c>.</summary>
    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day of a moment, in UTC: <c>21 Nov 2026</c>.</summary>
    public static string Date(DateTimeOffset moment) => Date(DateOnly.FromDateTime(moment.UtcDateTime));

    /// <summary><c>21 Nov 2026, 06:12 UTC</c>.</summary>
    public static string DateAndTime(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>21 Nov 2026, 06:12:44 UTC</c>, for a title.</summary>
    public static string WithZone(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
