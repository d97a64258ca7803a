namespace LoanRisk.Trees.Text;

/// <summary>The <c>key=value</c> lines of one section of a model text: the header, or one tree.</summary>
internal sealed class KeyedLines(int firstLine, string section, string[] knownKeys)
{
    private readonly Dictionary<string, KeyedLine> lines = new(knownKeys.Length, StringComparer.Ordinal);

    public void Add(KeyedLine line)
    {
        if (!knownKeys.Contains(line.Key))
        {
            throw line.Fault($"is not a key of {section} in version 4");
        }

        if (!lines.TryAdd(line.Key, line))
        {
            throw line.Fault($"stands twice in {section}; first on line {lines[line.Key].Line}");
        }
    }

    public bool Has(string key) => lines.ContainsKey(key);

    public bool TryGet(string key, out KeyedLine line) => lines.TryGetValue(key, out line);

    public KeyedLine Require(string key) =>
        lines.TryGetValue(key, out var line) ? line : throw new ModelFormatException(firstLine, key, $"is missing in {section}");

    /// <summary>The error for a fault found later in what this section described.</summary>
    public ModelFormatException Fault(string key, string problem) =>
        new(lines.TryGetValue(key, out var line) ? line.Line : firstLine, key, problem);
}
