using System.Text;
using System.Text.RegularExpressions;

namespace LoanRisk.Training.Terminal;

/// <summary>Text for a screen of a given width.</summary>
public static class WordWrap
{
    // What is copied and typed again: broken over lines it would not run.
    private static readonly Regex Command = new(@"(?:^| )(?:loanrisk|dotnet) .*$", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>An item of a list, whose further lines stand below the text of the first one.</summary>
    public static string Item(string text, int width) => At("- " + text, width);

    /// <summary>
    /// Breaks lines that are longer than the width between words. Lines go on below where they began; a command at the end of a line stays
    /// in one piece.
    /// </summary>
    public static string At(string text, int width) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length <= width ? line : Line(line, width)));

    private static string Line(string line, int width)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        var hanging = new string(' ', line.AsSpan(indent).StartsWith("- ") ? indent + 2 : indent);
        List<string> lines = [];
        var current = new StringBuilder(line[..indent]);
        var fresh = true;
        foreach (var word in Words(line[indent..]))
        {
            if (!fresh && current.Length + 1 + word.Length > width)
            {
                lines.Add(current.ToString().TrimEnd());
                current.Clear().Append(hanging);
                fresh = true;
            }

            current.Append(fresh ? "" : " ").Append(word);
            fresh = false;
        }

        return string.Join('\n', lines.Append(current.ToString()));
    }

    private static string[] Words(string text)
    {
        var command = Command.Match(text);
        return command.Success
            ? [.. text[..command.Index].Split(' ', StringSplitOptions.RemoveEmptyEntries), command.Value.Trim()]
            : text.Split(' ');
    }
}
