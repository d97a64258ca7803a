namespace LoanRisk.Store.Decisions.Records;

/// <summary>A text that usually is a feature's name: the feature's place and one, or zero and the text.</summary>
internal static class NameCode
{
    public static void Write(RecordWriter to, string text, DecisionContext context)
    {
        var place = context.PlaceOf(text);
        to.Number(place + 1);
        if (place < 0)
        {
            TextCode.Write(to, text, context.Phrases);
        }
    }

    public static string Read(ref RecordReader from, DecisionContext context) =>
        from.Number() is > 0 and var place ? context.NameAt(place - 1) : TextCode.Read(ref from, context.Phrases)!;
}
