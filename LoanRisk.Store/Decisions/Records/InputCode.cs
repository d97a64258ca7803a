namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// The input as it was sent. A number a field: its lowest bit says that the name is a feature, whose place the bits from the third on hold;
/// the second that the text is that feature's value.
/// </summary>
internal static class InputCode
{
    private const int IsFeature = 1;

    private const int IsItsValue = 2;

    private const int FlagBits = 2;

    public static void Write(
        RecordWriter to, IReadOnlyList<KeyValuePair<string, string?>> input, IReadOnlyList<string?> values, DecisionContext context)
    {
        to.Number(input.Count);
        foreach (var (name, text) in input)
        {
            var place = context.PlaceOf(name);
            var isItsValue = place >= 0 && place < values.Count && text == values[place];
            to.Number(place < 0 ? 0 : ((ulong)place << FlagBits) | (isItsValue ? IsFeature | IsItsValue : (ulong)IsFeature));
            if (place < 0)
            {
                TextCode.Write(to, name, context.Phrases);
            }

            if (!isItsValue)
            {
                TextCode.Write(to, text, context.Phrases);
            }
        }
    }

    public static KeyValuePair<string, string?>[] Read(ref RecordReader from, IReadOnlyList<string?> values, DecisionContext context)
    {
        var input = new KeyValuePair<string, string?>[from.Count()];
        for (var i = 0; i < input.Length; i++)
        {
            var head = from.Number();
            var place = head >> FlagBits;
            var name = (head & IsFeature) != 0 ? context.NameAt(place) : TextCode.Read(ref from, context.Phrases)!;
            var text = (head & IsItsValue) == 0 ? TextCode.Read(ref from, context.Phrases)
                : place < (ulong)values.Count ? values[(int)place]
                : throw RecordFormatException.CutOff;
            input[i] = KeyValuePair.Create(name, text);
        }

        return input;
    }
}
