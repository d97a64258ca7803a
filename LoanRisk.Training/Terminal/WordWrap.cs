using System.Text;

namespace LoanRisk.Training.Terminal;

/// <summary>Text for a screen of a given width.</summary>
public static class WordWrap
{
    /// <summary>An item of a list, whose further lines stand below the text of the first one.</summary>
    public static string Item(string text, int width) => "- " + At(text, width - 2).Replace("\n", "\n  ", StringComparison.Ordinal);

    /// <summary>Breaks lines that are longer than the width between words.</summary>
    public static string At(string text, int width)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var line in text.Split('\n'))
        {
            foreach (var word in line.Split(' '))
            {
                var separator = column == 0 ? "" : column + 1 + word.Length > width ? "\n" : " ";
                wrapped.Append(separator).Append(word);
                column = separator == "\n" ? word.Length : column + separator.Length + word.Length;
            }

            wrapped.Append('\n');
            column = 0;
        }

        return wrapped.ToString().TrimEnd('\n');
    }
}
