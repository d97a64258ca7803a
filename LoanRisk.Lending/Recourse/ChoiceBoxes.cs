using LoanRisk.Trees.Bounds;

namespace LoanRisk.Lending.Recourse;

/// <summary>
/// What a search does with boxes: it takes out of them the values that cannot be part of a cheaper way, by their cost or by the score, and
/// splits what is left. Values stand the cheapest first, so the first of a set is its cheapest. One thread at a time.
/// </summary>
internal sealed class ChoiceBoxes
{
    // Sums of costs in another order may differ by as much.
    private const double Rounding = 1e-12;

    private readonly FieldChoices[] _choices;
    private readonly ChoiceForest _forest;
    private readonly double _highest;
    private readonly double[] _byChoice;

    /// <param name="choices">The values of each field.</param>
    /// <param name="forest">The trees over them.</param>
    /// <param name="target">The highest score that will do.</param>
    public ChoiceBoxes(FieldChoices[] choices, ChoiceForest forest, double target)
    {
        (_choices, _forest) = (choices, forest);
        _highest = target + forest.Rounding;
        _byChoice = new double[forest.Sets.WordCount * 64];
    }

    /// <summary>How boxes are written.</summary>
    public ChoiceSets Sets => _forest.Sets;

    /// <summary>What the values of a choice a field cost.</summary>
    public double CostOf(int[] choice)
    {
        var cost = 0.0;
        for (var place = 0; place < choice.Length; place++)
        {
            cost += _choices[place].Costs[choice[place]];
        }

        return cost;
    }

    /// <summary>The cheapest value of each field.</summary>
    public int[] Cheapest(ReadOnlySpan<ulong> box)
    {
        var choice = new int[_choices.Length];
        for (var place = 0; place < choice.Length; place++)
        {
            choice[place] = Sets.Next(box, place, 0);
        }

        return choice;
    }

    /// <summary>
    /// Takes values out of a box until nothing more goes: those with which it costs as much as what is known, and those with which the
    /// score stays too high. False when no way in it is cheaper.
    /// </summary>
    public bool Narrow(ulong[] box, double bestCost)
    {
        for (var isNarrower = true; isNarrower;)
        {
            var cost = CostOf(Cheapest(box));
            if (cost >= bestCost)
            {
                return false;
            }

            DropDear(box, bestCost - cost + Rounding);
            if (_forest.Bound(box, _byChoice) > _highest || DropHigh(box) is not { } dropped)
            {
                return false;
            }

            isNarrower = dropped;
        }

        return true;
    }

    /// <summary>The value of each field that lowers the bound most, in a box that was narrowed just now.</summary>
    public int[] Deepest(ReadOnlySpan<ulong> box)
    {
        var deepest = new int[_choices.Length];
        for (var place = 0; place < deepest.Length; place++)
        {
            deepest[place] = Deepest(box, place);
        }

        return deepest;
    }

    /// <summary>The field whose cheapest value is furthest from what its others could do, in a box that was narrowed just now.</summary>
    public int SplitPlaceOf(ReadOnlySpan<ulong> box)
    {
        var (best, gain) = (0, -1.0);
        for (var place = 0; place < _choices.Length; place++)
        {
            var rise = BoundOf(place, Sets.Next(box, place, 0)) - BoundOf(place, Deepest(box, place));
            if (rise > gain && Sets.Count(box, place) > 1)
            {
                (best, gain) = (place, rise);
            }
        }

        return best;
    }

    /// <summary>The cheaper and the dearer half of a field's values; null when it has but one.</summary>
    public (ulong[] Cheap, ulong[] Dear)? Split(ulong[] box, int place)
    {
        var count = _choices.Length == 0 ? 0 : Sets.Count(box, place);
        if (count < 2)
        {
            return null;
        }

        var (cheap, dear) = (box.ToArray(), box.ToArray());
        for (int choice = -1, i = 0; i < count; i++)
        {
            choice = Sets.Next(box, place, choice + 1);
            Sets.Remove(i < count / 2 ? dear : cheap, place, choice);
        }

        return (cheap, dear);
    }

    private void DropDear(ulong[] box, double most)
    {
        for (var place = 0; place < _choices.Length && double.IsFinite(most); place++)
        {
            var costs = _choices[place].Costs;
            var first = Sets.Next(box, place, 0);
            for (var choice = first; choice >= 0; choice = Sets.Next(box, place, choice + 1))
            {
                if (costs[choice] - costs[first] >= most)
                {
                    Sets.Remove(box, place, choice);
                }
            }
        }
    }

    // Whether a value went; null when no value of its field is left.
    private bool? DropHigh(ulong[] box)
    {
        var isNarrower = false;
        for (var place = 0; place < _choices.Length; place++)
        {
            for (var choice = Sets.Next(box, place, 0); choice >= 0; choice = Sets.Next(box, place, choice + 1))
            {
                if (BoundOf(place, choice) > _highest)
                {
                    Sets.Remove(box, place, choice);
                    isNarrower = true;
                }
            }

            if (Sets.Count(box, place) == 0)
            {
                return null;
            }
        }

        return isNarrower;
    }

    private int Deepest(ReadOnlySpan<ulong> box, int place)
    {
        var deepest = Sets.Next(box, place, 0);
        for (var choice = deepest; choice >= 0; choice = Sets.Next(box, place, choice + 1))
        {
            deepest = BoundOf(place, choice) < BoundOf(place, deepest) ? choice : deepest;
        }

        return deepest;
    }

    private double BoundOf(int place, int choice) => _byChoice[Sets.BitOf(place, choice)];
}
