using System.Text;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>The codes of a feature's levels by their spellings in UTF-8.</summary>
internal sealed class Utf8Levels
{
    // Spellings by their length: a text is compared with few of them.
    private readonly (byte[] Spelling, int Code)[][] _byLength;

    public Utf8Levels(Feature feature)
    {
        var spellings = feature.Levels.Index()
            .SelectMany(
                l => l.Item.Spellings.Prepend(l.Item.Value)
                    .Concat(LevelSpelling.Usual(feature, l.Index))
                    .Select(text => (Spelling: Encoding.UTF8.GetBytes(text), Code: l.Index)))
            .ToLookup(s => s.Spelling.Length);
        _byLength = [.. Enumerable.Range(0, spellings.Max(s => s.Key) + 1).Select(length => spellings[length].ToArray())];
    }

    /// <summary>The code as a row has it; false when no level is spelled so.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out double code)
    {
        if (text.Length < _byLength.Length)
        {
            foreach (var (spelling, place) in _byLength[text.Length])
            {
                if (text.SequenceEqual(spelling))
                {
                    code = place;
                    return true;
                }
            }
        }

        code = double.NaN;
        return false;
    }
}
