using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// The embedding levels of a line that runs from left to right (Unicode's bidirectional algorithm, UAX #9, rules W1 to W7, N0 to N2, I1, I2
/// and L1). Marks of direction count; embeddings, overrides and isolates, which no name or label has, do not.
/// </summary>
public static class BidiLevels
{
    private const string Brackets = "()[]{}";

    /// <summary>0 for what runs to the right, 1 for what runs to the left, 2 for numbers in the latter.</summary>
    public static int[] Of(Rune[] line)
    {
        var classes = Array.ConvertAll(line, BidiClasses.Of);
        ResolveMarksAndLetters(classes);
        ResolveSeparators(classes);
        ResolveLatinNumbers(classes);
        ResolveBrackets(line, classes);
        ResolveNeutrals(classes);
        var levels = Array.ConvertAll(classes, c => c switch { BidiClass.Left => 0, BidiClass.Right => 1, _ => 2 });
        for (var i = line.Length - 1; i >= 0 && Rune.IsWhiteSpace(line[i]); i--)
        {
            levels[i] = 0;
        }

        return levels;
    }

    // W1 to W3.
    private static void ResolveMarksAndLetters(BidiClass[] classes)
    {
        var (before, strong) = (BidiClass.Left, BidiClass.Left);
        foreach (ref var place in classes.AsSpan())
        {
            place = place == BidiClass.Mark ? before : place;
            strong = place is BidiClass.Left or BidiClass.Right or BidiClass.ArabicLetter ? place : strong;
            place = place == BidiClass.EuropeanNumber && strong == BidiClass.ArabicLetter ? BidiClass.ArabicNumber : place;
            before = place;
        }

        classes.AsSpan().Replace(BidiClass.ArabicLetter, BidiClass.Right);
    }

    // W4 to W6.
    private static void ResolveSeparators(BidiClass[] classes)
    {
        for (var i = 1; i < classes.Length - 1; i++)
        {
            var number = classes[i - 1];
            var isJoined = (classes[i], number) is (BidiClass.EuropeanSeparator or BidiClass.CommonSeparator, BidiClass.EuropeanNumber)
                or (BidiClass.CommonSeparator, BidiClass.ArabicNumber);
            classes[i] = isJoined && number == classes[i + 1] ? number : classes[i];
        }

        for (var i = 0; i < classes.Length; i++)
        {
            var end = EndOf(classes, i, c => c == BidiClass.EuropeanTerminator);
            var isBesideNumber = At(classes, i - 1) == BidiClass.EuropeanNumber || At(classes, end) == BidiClass.EuropeanNumber;
            if (end > i && isBesideNumber)
            {
                classes.AsSpan(i..end).Fill(BidiClass.EuropeanNumber);
            }

            i = Math.Max(i, end - 1);
        }

        foreach (ref var place in classes.AsSpan())
        {
            place = place switch
            {
                BidiClass.EuropeanSeparator or BidiClass.EuropeanTerminator or BidiClass.CommonSeparator or BidiClass.Space =>
                    BidiClass.Neutral,
                _ => place,
            };
        }
    }

    // W7.
    private static void ResolveLatinNumbers(BidiClass[] classes)
    {
        var strong = BidiClass.Left;
        foreach (ref var place in classes.AsSpan())
        {
            strong = place is BidiClass.Left or BidiClass.Right ? place : strong;
            place = place == BidiClass.EuropeanNumber && strong == BidiClass.Left ? BidiClass.Left : place;
        }
    }

    // N0.
    private static void ResolveBrackets(Rune[] line, BidiClass[] classes)
    {
        foreach (var (open, close) in Pairs(line, classes))
        {
            var inside = classes[(open + 1)..close];
            if (inside.All(c => c == BidiClass.Neutral))
            {
                continue;
            }

            var isLeft = inside.Contains(BidiClass.Left) || Array.FindLast(classes[..open], c => c != BidiClass.Neutral) == BidiClass.Left;
            foreach (var bracket in new[] { open, close })
            {
                // Marks over a bracket go with it.
                var end = bracket + 1;
                while (end < line.Length && BidiClasses.Of(line[end]) == BidiClass.Mark)
                {
                    end++;
                }

                classes.AsSpan(bracket..end).Fill(isLeft ? BidiClass.Left : BidiClass.Right);
            }
        }
    }

    private static List<(int Open, int Close)> Pairs(Rune[] line, BidiClass[] classes)
    {
        List<(int Open, int Close)> pairs = [];
        List<(int Place, int Kind)> open = [];
        foreach (var (place, rune) in line.Index())
        {
            var isNeutral = rune.IsBmp && classes[place] == BidiClass.Neutral;
            var kind = isNeutral ? Brackets.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            if (kind >= 0 && kind % 2 == 0)
            {
                open.Add((place, kind));
            }
            else if (kind >= 0 && open.FindLastIndex(o => o.Kind == kind - 1) is >= 0 and var match)
            {
                pairs.Add((open[match].Place, place));
                open.RemoveRange(match, open.Count - match);
            }
        }

        pairs.Sort();
        return pairs;
    }

    // N1 and N2: between two that run to the left, numbers among them, so does a neutral; elsewhere it runs with the line.
    private static void ResolveNeutrals(BidiClass[] classes)
    {
        for (var i = 0; i < classes.Length; i++)
        {
            var end = EndOf(classes, i, c => c == BidiClass.Neutral);
            if (end > i)
            {
                var isInside = At(classes, i - 1) != BidiClass.Left && At(classes, end) != BidiClass.Left;
                classes.AsSpan(i..end).Fill(isInside ? BidiClass.Right : BidiClass.Left);
                i = end - 1;
            }
        }
    }

    private static BidiClass At(BidiClass[] classes, int place) => place >= 0 && place < classes.Length ? classes[place] : BidiClass.Left;

    private static int EndOf(BidiClass[] classes, int start, Func<BidiClass, bool> belongs)
    {
        var end = start;
        while (end < classes.Length && belongs(classes[end]))
        {
            end++;
        }

        return end;
    }
}
