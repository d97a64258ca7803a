using System.Globalization;

namespace LoanRisk.TrialClient;

/// <summary>Answers in numbers: how many of each kind, how long decisions took, and the longest time without one.</summary>
internal sealed record LoadFigures(IReadOnlyDictionary<AnswerKind, int> Counts, double Seconds, double P50, double P99, double LongestGap)
{
    public static LoadFigures Of(IReadOnlyList<Answer> answers)
    {
        var decided = answers.Where(answer => answer.Kind == AnswerKind.Acknowledged).ToList();
        var times = decided.Select(answer => answer.Milliseconds).Order().ToList();
        var seconds = answers.Count == 0 ? 0 : (answers.Max(answer => answer.At) - answers.Min(answer => answer.At)) / 1000d;
        return new LoadFigures(
            Enum.GetValues<AnswerKind>().ToDictionary(kind => kind, kind => answers.Count(answer => answer.Kind == kind)),
            seconds,
            At(times, 0.5),
            At(times, 0.99),
            Gap([.. decided.Select(answer => answer.At + (long)answer.Milliseconds).Order()]));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"requests={Counts.Values.Sum()} seconds={Seconds:F0} acknowledged={Counts[AnswerKind.Acknowledged]} "
            + $"refused={Counts[AnswerKind.Refused]} unknown={Counts[AnswerKind.Unknown]} unanswered={Counts[AnswerKind.Unanswered]} "
            + $"wrong={Counts[AnswerKind.Wrong]} p50_ms={P50:F1} p99_ms={P99:F1} longest_gap_ms={LongestGap:F0}");

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];

    private static double Gap(List<long> ends) => ends.Count < 2 ? double.NaN : ends.Zip(ends.Skip(1), (one, next) => next - one).Max();
}
