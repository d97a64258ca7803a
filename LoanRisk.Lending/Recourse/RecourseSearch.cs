namespace LoanRisk.Lending.Recourse;

/// <summary>
/// Finds the cheapest values that reach a target by branch and bound (Land and Doig 1960), the cheapest box first. A box is a set of
/// values for each field; its cost is that of its cheapest values, and the trees give the lowest score it can hold. When the cheapest
/// values of the cheapest box reach the target nothing can be cheaper. Others who searched tree ensembles for the smallest change: Cui et
/// al., "Optimal action extraction for random forests and boosted trees", KDD 2015; Parmentier and Vidal, "Optimal counterfactual
/// explanations in tree ensembles", ICML 2021.
/// </summary>
/// <param name="boxes">The boxes.</param>
/// <param name="reaches">Whether the values of a choice a field reach the target, exactly.</param>
internal sealed class RecourseSearch(ChoiceBoxes boxes, Func<int[], bool> reaches)
{
    private readonly PriorityQueue<Box, double> _open = new();
    private int[]? _best;
    private double _bestCost = double.PositiveInfinity;

    /// <summary>What came of a search.</summary>
    /// <param name="Choice">The choice of each field; null when none was found.</param>
    /// <param name="Cost">What it costs.</param>
    /// <param name="LeastCost">Nothing costs less; equal to <paramref name="Cost"/> when it is proven smallest.</param>
    public readonly record struct Found(int[]? Choice, double Cost, double LeastCost)
    {
        /// <summary>What is known about the choice.</summary>
        public RecourseProof Proof => LeastCost < Cost ? RecourseProof.NotProven
            : Choice is null ? RecourseProof.None
            : RecourseProof.Smallest;
    }

    /// <summary>The cheapest way that changes one field alone, all others at their cheapest; null when there is none.</summary>
    public int[]? Along(int place, ReadOnlySpan<ulong> allowed)
    {
        var choice = boxes.Cheapest(allowed);
        for (var next = choice[place]; next >= 0; next = boxes.Sets.Next(allowed, place, next + 1))
        {
            choice[place] = next;
            if (reaches(choice))
            {
                return choice;
            }
        }

        return null;
    }

    /// <summary>Searches a box.</summary>
    /// <param name="allowed">The values that may be taken; no field is without any.</param>
    /// <param name="known">A way that is known to reach the target, or null.</param>
    /// <param name="mostBoxes">Boxes to look at before the search gives up.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Found Run(ReadOnlySpan<ulong> allowed, int[]? known, int mostBoxes, CancellationToken cancellationToken)
    {
        _open.Clear();
        (_best, _bestCost) = (known, known is null ? double.PositiveInfinity : boxes.CostOf(known));
        Push(allowed.ToArray());
        for (var looked = 0; _open.TryDequeue(out var box, out var cost) && cost < _bestCost; looked++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (looked == mostBoxes)
            {
                return new(_best, _bestCost, cost);
            }

            if (boxes.Cheapest(box.Sets) is var cheapest && reaches(cheapest))
            {
                return new(cheapest, cost, cost);
            }

            if (boxes.Split(box.Sets, box.SplitPlace) is (var cheap, var dear))
            {
                Push(cheap);
                Push(dear);
            }
        }

        return new(_best, _bestCost, _bestCost);
    }

    private void Push(ulong[] sets)
    {
        if (!boxes.Narrow(sets, _bestCost))
        {
            return;
        }

        // The values that lower the score most are the likeliest to reach the target at all.
        if (boxes.Deepest(sets) is var deepest && boxes.CostOf(deepest) is var cost && cost < _bestCost && reaches(deepest))
        {
            (_best, _bestCost) = (deepest, cost);
        }

        if (boxes.CostOf(boxes.Cheapest(sets)) is var least && least < _bestCost)
        {
            _open.Enqueue(new Box(sets, boxes.SplitPlaceOf(sets)), least);
        }
    }

    private sealed record Box(ulong[] Sets, int SplitPlace);
}
