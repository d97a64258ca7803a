using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// Reasons. The lowest two bits of a number say what stands for the contribution (none, the feature's own, eight bytes), the others are the
/// feature's place and one, or zero where the name follows; then the text.
/// </summary>
internal static class ReasonCode
{
    private const int FormBits = 2;

    private enum Form
    {
        None,
        OfFeature,
        Double,
    }

    public static void Write(RecordWriter to, IReadOnlyList<Reason> reasons, IReadOnlyList<double> contributions, DecisionContext context)
    {
        to.Number(reasons.Count);
        foreach (var reason in reasons)
        {
            var place = context.PlaceOf(reason.Feature);
            var form = FormOf(reason.Contribution, contributions, place);
            to.Number(((ulong)(place + 1) << FormBits) | (ulong)form);
            if (place < 0)
            {
                TextCode.Write(to, reason.Feature, context.Phrases);
            }

            if (form == Form.Double)
            {
                to.Double(reason.Contribution!.Value);
            }

            TextCode.WriteSentence(to, reason.Text, context.Phrases);
        }
    }

    public static Reason[] Read(ref RecordReader from, double[] contributions, DecisionContext context)
    {
        var reasons = new Reason[from.Count()];
        for (var i = 0; i < reasons.Length; i++)
        {
            var head = from.Number();
            var place = head >> FormBits;
            var feature = place > 0 ? context.NameAt(place - 1) : TextCode.Read(ref from, context.Phrases)!;
            double? contribution = (Form)(head & ((1 << FormBits) - 1)) switch
            {
                Form.None => null,
                Form.OfFeature when place > 0 && place <= (ulong)contributions.Length => contributions[place - 1],
                Form.Double => from.Double(),
                _ => throw RecordFormatException.CutOff,
            };
            reasons[i] = new Reason(feature, TextCode.Read(ref from, context.Phrases)!, contribution);
        }

        return reasons;
    }

    private static Form FormOf(double? contribution, IReadOnlyList<double> contributions, int place) =>
        contribution is not { } part ? Form.None
        : place >= 0
            && place < contributions.Count
            && BitConverter.DoubleToUInt64Bits(contributions[place]) == BitConverter.DoubleToUInt64Bits(part) ? Form.OfFeature
        : Form.Double;
}
