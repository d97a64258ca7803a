using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Drift;

/// <summary>Where windows of time end.</summary>
internal static class WindowEnds
{
    /// <summary>The end of the period that a moment is in: the first moment that is not.</summary>
    /// <exception cref="ArgumentException">The period is a number of decisions.</exception>
    public static DateTimeOffset After(DateTimeOffset moment, DriftPeriod period)
    {
        var day = new DateTimeOffset(moment.UtcDateTime.Date, TimeSpan.Zero);
        return period switch
        {
            DriftPeriod.Day => day.AddDays(1),
            DriftPeriod.Week => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)),
            DriftPeriod.Month => day.AddDays(1 - day.Day).AddMonths(1),
            _ => throw new ArgumentException("A number of decisions has no end in time.", nameof(period)),
        };
    }
}
