using System.Text;

namespace LoanRisk.Training.Terminal;

/// <summary>Breaks the lines that are written to a terminal between words.</summary>
/// <param name="terminal">Where the lines go.</param>
/// <param name="width">Its columns.</param>
internal sealed class WrappingWriter(TextWriter terminal, int width) : TextWriter(terminal.FormatProvider)
{
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override Encoding Encoding => terminal.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        terminal.WriteLine(WordWrap.At(_line.ToString().TrimEnd('\r'), width));
        _line.Clear();
    }

    /// <summary>Lets out also a line that has not ended, as it is.</summary>
    public override void Flush()
    {
        terminal.Write(_line);
        _line.Clear();
        terminal.Flush();
    }
}
