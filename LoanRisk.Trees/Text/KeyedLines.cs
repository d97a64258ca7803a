namespace LoanRisk.Trees.Text;

/// <summary>The <c>key=value</c> lines of one section of a model text: the header, or one tree.</summary>
internal sealed class KeyedLines(int firstLine, string section, string[] knownKeys)
{
    private readonly KeyedLine[] _lines = new KeyedLine[knownKeys.Length];
    private int _next;

    /// <summary>
    /// Splits the current line of a text at its first <c>=</c>; a known key is found at once when the keys come in their order.
    /// </summary>
    public KeyedLine Split(ModelLines text)
    {
        var key = text.CurrentKey;
        for (var i = 0; i < knownKeys.Length; i++)
        {
            var known = (_next + i) % knownKeys.Length;
            if (key.SequenceEqual(knownKeys[known]))
            {
                _next = known + 1;
                return text.Keyed(knownKeys[known]);
            }
        }

        return text.Keyed();
    }

    public void Add(KeyedLine line)
    {
        var place = Array.IndexOf(knownKeys, line.Key);
        if (place < 0)
        {
            throw line.Fault($"is not a key of {section}");
        }

        if (_lines[place].Key is not null)
        {
            throw line.Fault($"stands twice in {section}; first on line {_lines[place].Line}");
        }

        _lines[place] = line;
    }

    public bool Has(string key) => TryGet(key, out _);

    public bool TryGet(string key, out KeyedLine line)
    {
        var place = Array.IndexOf(knownKeys, key);
        line = place < 0 ? default : _lines[place];
        return line.Key is not null;
    }

    public KeyedLine Require(string key) =>
        TryGet(key, out var line) ? line : throw new ModelFormatException(firstLine, key, $"is missing in {section}");

    /// <summary>The error for a fault found later in what this section described.</summary>
    public ModelFormatException Fault(string key, string problem) =>
        new(TryGet(key, out var line) ? line.Line : firstLine, key, problem);
}
