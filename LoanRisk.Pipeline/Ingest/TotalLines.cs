using LoanRisk.Lending;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>The lines of one file that sum it up.</summary>
internal sealed class TotalLines
{
    private const int LongestShown = 60;

    private (long Line, string Text)? _first;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>What is said when they are left out.</summary>
    public IReadOnlyList<string> Notes =>
        _first is { } first
            ? [$"{CountedNoun.Of(Count, "total line was", "total lines were")} left out, the first is line {first.Line:N0}: {first.Text}"]
            : [];

    /// <summary>Counts the current line of a file.</summary>
    public void Add(CsvSource source)
    {
        var text = string.Join(' ', source.Fields.Where(f => f.Length > 0));
        _first ??= (source.Line, text.Length <= LongestShown ? text : text[..LongestShown] + "…");
        Count++;
    }

    /// <summary>Refuses a file with such lines where they are not to be left out.</summary>
    /// <exception cref="RefusedFileException">It has one.</exception>
    public void Require(bool leaveOut)
    {
        if (_first is { } first && !leaveOut)
        {
            var others = Count > 1 ? $" (there are {Count:N0} such lines)" : "";
            throw new RefusedFileException(
                $"line {first.Line} looks like a total line, not like a row: \"{first.Text}\"{others}. Remove such lines.",
                hasTotals: true);
        }
    }
}
