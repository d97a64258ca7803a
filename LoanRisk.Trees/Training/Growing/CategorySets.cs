namespace LoanRisk.Trees.Training.Growing;

/// <summary>The category sets of one tree's splits as bit sets of 32-bit words, one behind the other.</summary>
internal sealed class CategorySets
{
    private readonly List<int> boundaries = [];
    private readonly List<uint> words = [];

    /// <summary>Where each set's words start, and the end; empty without any set.</summary>
    public IReadOnlyList<int> Boundaries => boundaries;

    public IReadOnlyList<uint> Words => words;

    /// <summary>Adds a set and returns its index.</summary>
    public int Add(IEnumerable<int> categories)
    {
        int[] codes = [.. categories];
        var bits = new uint[(codes.Max() / 32) + 1];
        foreach (int code in codes)
        {
            bits[code / 32] |= 1u << (code % 32);
        }

        if (boundaries.Count == 0)
        {
            boundaries.Add(0);
        }

        words.AddRange(bits);
        boundaries.Add(words.Count);
        return boundaries.Count - 2;
    }
}
