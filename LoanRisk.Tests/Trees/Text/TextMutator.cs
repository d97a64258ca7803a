namespace LoanRisk.Tests.Trees.Text;

/// <summary>Damages a text in one to three of the ways that files get damaged or forged.</summary>
internal sealed class TextMutator(Random random)
{
    private static readonly string[] Hostile =
    [
        "2147483647", "-2147483648", "4294967296", "9223372036854775807", "99999999999999999999",
        "-1", "0", "1e308", "1e999", "nan", "inf", "-inf", "", "=", "Tree=0", "\0", "\r", "é",
    ];

    public string Mutate(string text)
    {
        for (var times = random.Next(1, 4); times > 0 && text.Length > 0; times--)
        {
            text = random.Next(9) switch
            {
                0 => Replace(text, random.Next(text.Length), 1, ((char)random.Next(1, 127)).ToString()),
                1 => FlipBit(text),
                2 => Replace(text, random.Next(text.Length), random.Next(1, 40), ""),
                3 => text[..random.Next(text.Length)],
                4 => DuplicateLine(text),
                5 => SwapLines(text),
                6 => SwapDigits(text),
                7 => HostileToken(text),
                _ => DropLine(text),
            };
        }

        return text;
    }

    private static string Replace(string text, int start, int length, string with) =>
        string.Concat(text.AsSpan(0, start), with, text.AsSpan(Math.Min(text.Length, start + length)));

    private string FlipBit(string text)
    {
        var place = random.Next(text.Length);
        return Replace(text, place, 1, ((char)(text[place] ^ (1 << random.Next(7)))).ToString());
    }

    private string DuplicateLine(string text)
    {
        var lines = text.Split('\n').ToList();
        lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]);
        return string.Join('\n', lines);
    }

    private string DropLine(string text)
    {
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    // Lines of the same key, where there are two: so that one tree's children meet another tree's leaves.
    private string SwapLines(string text)
    {
        var lines = text.Split('\n');
        var first = random.Next(lines.Length);
        var key = lines[first].Split('=')[0];
        var alike = Enumerable.Range(0, lines.Length).Where(i => lines[i].Split('=')[0] == key).ToList();
        var second = random.Next(4) == 0 ? random.Next(lines.Length) : alike[random.Next(alike.Count)];
        (lines[first], lines[second]) = (lines[second], lines[first]);
        return string.Join('\n', lines);
    }

    private string SwapDigits(string text)
    {
        var digits = Enumerable.Range(0, 2).Select(_ => NextDigit(text, random.Next(text.Length))).ToArray();
        var changed = text.ToCharArray();
        (changed[digits[0]], changed[digits[1]]) = (changed[digits[1]], changed[digits[0]]);
        return new string(changed);
    }

    private static int NextDigit(string text, int from)
    {
        var place = text.AsSpan(from).IndexOfAnyInRange('0', '9');
        return place < 0 ? from : from + place;
    }

    private string HostileToken(string text)
    {
        var start = random.Next(text.Length);
        var end = text.AsSpan(start).IndexOfAny(' ', '\n', '=');
        return Replace(text, start, end < 0 ? text.Length - start : end, Hostile[random.Next(Hostile.Length)]);
    }
}
