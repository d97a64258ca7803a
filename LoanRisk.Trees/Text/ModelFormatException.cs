namespace LoanRisk.Trees.Text;

/// <summary>A model text that cannot be read; the message names the line and the key.</summary>
public sealed class ModelFormatException(int line, string key, string problem)
    : FormatException($"Model text, line {line}, {key}: {problem}")
{
    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The key whose value is wrong, for example <c>left_child</c>.</summary>
    public string Key { get; } = key;
}
