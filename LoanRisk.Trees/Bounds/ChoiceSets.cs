using System.Numerics;

namespace LoanRisk.Trees.Bounds;

/// <summary>
/// How sets of choices, one a free feature, stand in one array of words: a bit a choice, the choices of a feature in words of their own.
/// </summary>
public sealed class ChoiceSets
{
    private const int Bits = 64;

    private readonly int[] _firstWord;
    private readonly int[] _count;

    internal ChoiceSets(IReadOnlyList<double[]> choices)
    {
        _count = [.. choices.Select(values => values.Length)];
        _firstWord = new int[_count.Length + 1];
        for (var place = 0; place < _count.Length; place++)
        {
            _firstWord[place + 1] = _firstWord[place] + ((_count[place] + Bits - 1) / Bits);
        }
    }

    /// <summary>Free features.</summary>
    public int FeatureCount => _count.Length;

    /// <summary>Words that hold the sets of all features.</summary>
    public int WordCount => _firstWord[^1];

    /// <summary>Choices of a feature.</summary>
    public int ChoiceCount(int place) => _count[place];

    /// <summary>The place of a choice's bit among all bits.</summary>
    public int BitOf(int place, int choice) => (_firstWord[place] * Bits) + choice;

    /// <summary>All choices of all features.</summary>
    public ulong[] All()
    {
        var sets = new ulong[WordCount];
        for (var place = 0; place < FeatureCount; place++)
        {
            for (var choice = 0; choice < _count[place]; choice++)
            {
                Add(sets, place, choice);
            }
        }

        return sets;
    }

    /// <summary>A choice is in its set.</summary>
    public bool Has(ReadOnlySpan<ulong> sets, int place, int choice) => (sets[WordOf(place, choice)] >> (choice % Bits) & 1) != 0;

    /// <summary>Puts a choice into its set.</summary>
    public void Add(Span<ulong> sets, int place, int choice) => sets[WordOf(place, choice)] |= 1UL << (choice % Bits);

    /// <summary>Takes a choice out of its set.</summary>
    public void Remove(Span<ulong> sets, int place, int choice) => sets[WordOf(place, choice)] &= ~(1UL << (choice % Bits));

    /// <summary>How many choices of a feature are in the set.</summary>
    public int Count(ReadOnlySpan<ulong> sets, int place)
    {
        var count = 0;
        foreach (var word in Words(sets, place))
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The first choice in the set at or after one; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<ulong> sets, int place, int from)
    {
        var words = Words(sets, place);
        for (var word = from / Bits; word < words.Length; word++)
        {
            var left = word == from / Bits ? words[word] & (ulong.MaxValue << (from % Bits)) : words[word];
            if (left != 0)
            {
                return (word * Bits) + BitOperations.TrailingZeroCount(left);
            }
        }

        return -1;
    }

    /// <summary>The words of a feature.</summary>
    internal (int First, int Count) Place(int place) => (_firstWord[place], _firstWord[place + 1] - _firstWord[place]);

    private ReadOnlySpan<ulong> Words(ReadOnlySpan<ulong> sets, int place) => sets[_firstWord[place].._firstWord[place + 1]];

    private int WordOf(int place, int choice) => _firstWord[place] + (choice / Bits);
}
