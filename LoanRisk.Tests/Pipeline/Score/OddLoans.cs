using System.Text;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Score;

/// <summary>Made-up loans as people send them: most rows plain, some quoted, misspelled, out of range, short, long or broken.</summary>
internal static class OddLoans
{
    private static readonly Encoding[] Encodings = [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode];

    private static readonly string[] OddNumbers =
    [
        "", " 7 ", "n/a", "NA", "1e3", "-0", "+.5", "7.", "1,5", "0x1F", "NaN", "∞", "12\0", "\u00A012", "1e400",
        "4.9406564584124654e-324", "0.30000000000000004", "90000", "61.5", "13", "123456789012345678901234567890",
    ];

    private static readonly string[] OddTexts =
    [
        "", "n/a", "CAR", " car ", "\u3000car", "boat", "wédding", "say \"no\"", "a\nb", "x;y,z", "9", "10", "< 1 year", "own", "H",
        "with\rreturn", "\uFFFD", "=1+1", "=cmd|' /C calc'!A0", "+49 30 1", "@sum(A1)", "-x", "-5", "\ttab", "=\"quoted\"", "-", "--1",
    ];

    /// <summary>Bytes of a file; about one row in <paramref name="oddOnesIn"/> has something odd.</summary>
    public static byte[] Draw(int seed, int rows, int oddOnesIn)
    {
        var random = new SeededRandom(seed);
        var separator = ",;\t|"[random.NextBelow(4)];
        var end = ((string[])["\n", "\r\n", "\r"])[random.NextBelow(3)];
        var text = new StringBuilder();
        foreach (var line in SyntheticLoans.Lines(seed, rows))
        {
            var fields = line.Split(',').Prepend(text.Length == 0 ? "note" : Note(ref random)).ToList();
            if (text.Length > 0 && random.NextBelow(oddOnesIn) == 0)
            {
                MakeOdd(fields, ref random);
            }

            text.AppendJoin(separator, fields.Select(f => Write(f, separator))).Append(end);
            text.Append(random.NextBelow(100) == 0 ? end : "");
        }

        var encoding = Encodings[random.NextBelow(Encodings.Length)];
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
        return encoding is UTF8Encoding ? WithBrokenBytes(bytes, ref random) : bytes;
    }

    private static string Note(ref SeededRandom random) =>
        random.NextBelow(3) switch { 0 => "", 1 => $"{(random.NextBelow(9) == 0 ? "=" : "")}No. "
            + $"{random.NextBelow(1_000)}", _ => "\"quoted, but plain\"" };

    private static void MakeOdd(List<string> fields, ref SeededRandom random)
    {
        var place = random.NextBelow(fields.Count);
        switch (random.NextBelow(7))
        {
            case 0:
                fields.RemoveAt(place);
                break;
            case 1:
                fields.Add("more");
                break;
            case 2:
                fields[place] = "\"broken\" quotes";
                break;
            case 3:
                fields[place] += "\"";
                break;
            case 4:
                fields[place] = $"\"{fields[place]}\"";
                break;
            default:
                fields[place] = random.NextBelow(2) == 0
                    ? OddNumbers[random.NextBelow(OddNumbers.Length)]
                    : OddTexts[random.NextBelow(OddTexts.Length)];
                break;
        }
    }

    // What is quoted already, well or not, stays as it is.
    private static string Write(string field, char separator) =>
        !field.Contains('"') && field.AsSpan().ContainsAny([separator, '\r', '\n'])
            ? $"\"{field}\""
            : field == "say \"no\""
            ? "\"say \"\"no\"\"\""
            : field;

    private static byte[] WithBrokenBytes(byte[] bytes, ref SeededRandom random)
    {
        for (var broken = random.NextBelow(4); broken > 0; broken--)
        {
            bytes[200 + random.NextBelow(bytes.Length - 200)] = (byte)(0x80 + random.NextBelow(0x80));
        }

        return bytes;
    }
}
