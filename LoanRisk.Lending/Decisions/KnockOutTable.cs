using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>A policy's knock-out rules, laid out to be held against feature rows alone.</summary>
internal sealed class KnockOutTable
{
    private readonly Entry[] _entries;

    public KnockOutTable(LoanProduct product) => _entries = [.. product.Policy.KnockOuts.Select(rule => Lay(product, rule))];

    /// <summary>How many rules there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The place of a rule's feature.</summary>
    public int FeatureOf(int rule) => _entries[rule].Feature;

    /// <summary>What the applicant is told when a rule holds.</summary>
    public string ReasonOf(int rule) => _entries[rule].Rule.Reason;

    /// <summary>True when a rule holds for a feature row.</summary>
    public bool Holds(int rule, ReadOnlySpan<double> row)
    {
        ref readonly var entry = ref _entries[rule];
        var value = row[entry.Feature];
        return entry.Rule.Test switch
        {
            // Comparing with NaN is false: a missing value triggers nothing.
            KnockOutTest.Below => value < entry.Rule.Value,
            KnockOutTest.Above => value > entry.Rule.Value,
            _ => value >= 0 && value < entry.HoldsAtCode.Length && entry.HoldsAtCode[(int)value],
        };
    }

    /// <summary>True when any rule holds for a feature row.</summary>
    public bool AnyHolds(ReadOnlySpan<double> row)
    {
        for (var rule = 0; rule < _entries.Length; rule++)
        {
            if (Holds(rule, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a rule about a feature holds for a feature row.</summary>
    public bool AnyHolds(int feature, ReadOnlySpan<double> row)
    {
        for (var rule = 0; rule < _entries.Length; rule++)
        {
            if (_entries[rule].Feature == feature && Holds(rule, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where rules about a feature tell numbers apart; a number that equals a cut lies below it.</summary>
    public IEnumerable<double> Cuts(int feature) => _entries
        .Where(entry => entry.Feature == feature && entry.Rule.Test != KnockOutTest.OneOf)
        .Select(entry => entry.Rule.Test == KnockOutTest.Below ? Math.BitDecrement(entry.Rule.Value) : entry.Rule.Value);

    /// <summary>Ids of the rules that hold for a feature row, in the policy's order.</summary>
    public string[] IdsThatHold(double[] row) =>
        [.. Enumerable.Range(0, Count).Where(rule => Holds(rule, row)).Select(rule => _entries[rule].Rule.Id)];

    private static Entry Lay(LoanProduct product, KnockOut rule)
    {
        var (place, feature) = product.Features.Index().First(f => f.Item.Name == rule.Feature);
        return new Entry(rule, place, [.. feature.Levels.Select(level => rule.Levels.Contains(level.Value))]);
    }

    private readonly record struct Entry(KnockOut Rule, int Feature, bool[] HoldsAtCode);
}
