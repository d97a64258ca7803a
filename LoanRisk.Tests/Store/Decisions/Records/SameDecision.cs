using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions.Records;

/// <summary>Two decisions are the same when each field of one has the other's bits.</summary>
internal static class SameDecision
{
    /// <summary>Every field of a decision as one text, doubles by their bits.</summary>
    public static string Text(StoredDecision stored)
    {
        var decision = stored.Decision;
        object?[] fields =
        [
            stored.Id, stored.DecidedAt.UtcTicks, stored.DecidedAt.Offset, stored.Origin, stored.DataVersion, stored.ChangedFrom,
            List(stored.Input, field => Quote(field.Key) + "=" + Quote(field.Value)),
            decision.Product, Bits(decision.Probability), decision.Outcome, Bits(decision.Thresholds.ApproveBelow),
            Bits(decision.Thresholds.DeclineFrom), List(decision.Reasons, Of), List(decision.Favourable, Of),
            List(decision.Warnings, warning => Quote(warning.Field) + Quote(warning.Message)),
            List(decision.KnockOuts, Quote), List(decision.ReferredFor, Quote), Quote(decision.PolicyVersion), Quote(decision.PolicyHash),
            Quote(decision.ProductHash), Quote(decision.Model.Id), Quote(decision.Model.Version), decision.Model.TrainedAt.UtcTicks,
            List(decision.Features, Quote), List(decision.Row, Bits), List(decision.Values, Quote), Bits(decision.RawScore),
            Bits(decision.BaseValue), List(decision.Contributions, Bits), decision.Scoring, List(decision.Phrases, Quote),
        ];
        return string.Join("\n", fields);
    }

    private static string Of(Reason reason) =>
        Quote(reason.Feature) + Quote(reason.Text) + (reason.Contribution is { } part ? Bits(part) : "none");

    private static string List<T>(IEnumerable<T> items, Func<T, string> text) => string.Join("; ", items.Select(text));

    private static string Bits(double number) => BitConverter.DoubleToUInt64Bits(number).ToString("x16");

    private static string Quote(string? text) => text is null ? "null" : $"<{text.Length}:{text}>";
}
