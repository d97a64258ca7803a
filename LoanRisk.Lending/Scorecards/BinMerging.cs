namespace LoanRisk.Lending.Scorecards;

/// <summary>Joins neighbouring parts until every one is large enough, in the asked order, and different from its neighbours.</summary>
internal sealed class BinMerging(BinningOptions options, int direction, int rows, double goodTotal, double badTotal)
{
    /// <summary>Merges in place.</summary>
    /// <param name="parts">Neighbours in order.</param>
    public void Run(List<BinPart> parts)
    {
        MergeSmall(parts);
        MergeDisorder(parts);
        MergeAlike(parts);
        // Smoothing pulls a small part nearer to 0 than its neighbours, so the order is looked at once more.
        MergeDisorder(parts);
    }

    /// <summary>Weight of evidence of a part.</summary>
    public double Woe(BinPart part) => WeightOfEvidence.Of(part.Good, part.Bad, goodTotal, badTotal, options.PriorBad);

    private void MergeSmall(List<BinPart> parts)
    {
        while (parts.Count > 1 && Smallest(parts) is { } small && parts[small].Loans < options.SmallestShare * rows)
        {
            var below = small > 0 ? Math.Abs(parts[small - 1].BadRate - parts[small].BadRate) : double.PositiveInfinity;
            var above = small < parts.Count - 1 ? Math.Abs(parts[small + 1].BadRate - parts[small].BadRate) : double.PositiveInfinity;
            Join(parts, below <= above ? small - 1 : small);
        }
    }

    // Direction +1: risk rises, so the weight of evidence must fall (adjacent violators are pooled).
    private void MergeDisorder(List<BinPart> parts)
    {
        for (var i = 0; direction != 0 && i + 1 < parts.Count;)
        {
            if (direction * (Woe(parts[i + 1]) - Woe(parts[i])) > 0)
            {
                Join(parts, i);
                i = Math.Max(0, i - 1);
            }
            else
            {
                i++;
            }
        }
    }

    private void MergeAlike(List<BinPart> parts)
    {
        while (parts.Count > 1)
        {
            var (place, least) = (0, double.PositiveInfinity);
            for (var i = 0; i + 1 < parts.Count; i++)
            {
                var difference = parts[i].ChiSquare(parts[i + 1]);
                (place, least) = difference < least ? (i, difference) : (place, least);
            }

            if (parts.Count <= options.MostBins && least >= options.SmallestChiSquare)
            {
                break;
            }

            Join(parts, place);
        }
    }

    private static int? Smallest(List<BinPart> parts) => Enumerable.Range(0, parts.Count).MinBy(i => parts[i].Loans);

    private static void Join(List<BinPart> parts, int place)
    {
        parts[place] = parts[place].With(parts[place + 1]);
        parts.RemoveAt(place + 1);
    }
}
