using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// What one decision has for itself, as compact bytes: its input, values, feature row, contributions, reasons, and what else its context
/// and the columns of its line do not hold. Whatever comes out is what went in, to the last bit.
/// </summary>
/// <param name="Decision">The decision.</param>
/// <param name="Input">The input as it was sent.</param>
/// <param name="DataVersion">The data version whose row was scored, or null.</param>
internal sealed record DecisionRecord(Decision Decision, IReadOnlyList<KeyValuePair<string, string?>> Input, int? DataVersion)
{
    /// <summary>The form that this program writes, the first byte of a record. A new one is added beside; the old stay readable.</summary>
    public const byte Version = 1;

    private const int HasDataVersion = 1;

    // The lists of a decision are as long as its features; only a test's need not be.
    private const int HasLengths = 2;

    // A column of SQLite has no minus zero and no NaN.
    private const int HasScores = 4;

    [ThreadStatic]
    private static RecordWriter? _writer;

    /// <summary>The bytes.</summary>
    public byte[] Write(DecisionContext context)
    {
        var to = _writer ??= new RecordWriter();
        to.Clear();
        to.Byte(Version);
        WriteNumbers(to, context);
        InputCode.Write(to, Input, Decision.Values, context);
        ReasonCode.Write(to, Decision.Reasons, Decision.Contributions, context);
        ReasonCode.Write(to, Decision.Favourable, Decision.Contributions, context);
        WriteWarnings(to, Decision.Warnings, context);
        WriteTexts(to, Decision.KnockOuts, context);
        WriteTexts(to, Decision.ReferredFor, context);
        return to.ToArray();
    }

    /// <summary>Reads <see cref="Write"/>'s bytes.</summary>
    /// <param name="record">The bytes.</param>
    /// <param name="context">The context they were written with.</param>
    /// <param name="answer">Probability, outcome and raw score, which stand beside the record.</param>
    /// <exception cref="RecordFormatException">They are no record, or of a newer program.</exception>
    public static DecisionRecord Read(ReadOnlySpan<byte> record, DecisionContext context, RecordedAnswer answer)
    {
        var from = new RecordReader(record);
        var version = from.Byte();
        if (version != Version)
        {
            throw new RecordFormatException(
                $"its record has form {version}, and this program reads form {Version}: start a newer LoanRisk");
        }

        var (numbers, dataVersion, scores) = ReadNumbers(ref from, context);
        var input = InputCode.Read(ref from, numbers.Values, context);
        var decision = context.Shared with
        {
            Probability = scores?.Probability ?? answer.Probability,
            Outcome = answer.Outcome,
            RawScore = scores?.RawScore ?? answer.RawScore,
            Values = numbers.Values,
            Row = numbers.Row,
            Contributions = numbers.Contributions,
            Reasons = ReasonCode.Read(ref from, numbers.Contributions, context),
            Favourable = ReasonCode.Read(ref from, numbers.Contributions, context),
            Warnings = ReadWarnings(ref from, context),
            KnockOuts = ReadTexts(ref from, context),
            ReferredFor = ReadTexts(ref from, context),
        };
        from.End();
        return new DecisionRecord(decision, input, dataVersion);
    }

    /// <summary>The values, the feature row and the contributions of a record alone, which need no reading to its end.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IReadOnlyList<string?> ReadValues(ReadOnlySpan<byte> record, DecisionContext context)
    {
        var from = new RecordReader(record);
        return from.Byte() == Version
            ? ReadNumbers(ref from, context).Numbers.Values
            : Read(record, context, default).Decision.Values;
    }

    private void WriteNumbers(RecordWriter to, DecisionContext context)
    {
        var features = context.Shared.Features.Count;
        var hasLengths = Decision.Values.Count != features || Decision.Row.Count != features || Decision.Contributions.Count != features;
        var hasScores = IsOdd(Decision.Probability) || IsOdd(Decision.RawScore);
        to.Number((DataVersion is null ? 0 : HasDataVersion) | (hasLengths ? HasLengths : 0) | (hasScores ? HasScores : 0));
        if (DataVersion is { } dataVersion)
        {
            to.Signed(dataVersion);
        }

        if (hasLengths)
        {
            to.Number(Decision.Values.Count);
            to.Number(Decision.Row.Count);
            to.Number(Decision.Contributions.Count);
        }

        if (hasScores)
        {
            to.Double(Decision.Probability);
            to.Double(Decision.RawScore);
        }

        foreach (var value in Decision.Values)
        {
            TextCode.Write(to, value, context.Phrases);
        }

        RowCode.Write(to, Decision.Row, Decision.Values);
        foreach (var contribution in Decision.Contributions)
        {
            to.Double(contribution);
        }
    }

    private static bool IsOdd(double number) => double.IsNaN(number) || (number == 0 && double.IsNegative(number));

    private static (RecordedNumbers Numbers, int? DataVersion, RecordedAnswer? Scores) ReadNumbers(
        ref RecordReader from, DecisionContext context)
    {
        var head = from.Number();
        int? dataVersion = (head & HasDataVersion) != 0 ? ReadDataVersion(from.Signed()) : null;
        var features = (ulong)context.Shared.Features.Count;
        var (values, row, contributions) = (head & HasLengths) != 0
            ? (from.Number(), from.Number(), from.Number())
            : (features, features, features);
        RecordedAnswer? scores = (head & HasScores) != 0 ? new RecordedAnswer(from.Double(), default, from.Double()) : null;
        var texts = ReadTexts(ref from, from.Length(values), context);
        var numbers = RowCode.Read(ref from, from.Length(row, bitsEach: RowCode.FormBits), texts);
        var parts = new double[from.Length(contributions, bitsEach: 64)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = from.Double();
        }

        return (new RecordedNumbers(texts, numbers, parts), dataVersion, scores);
    }

    private static int ReadDataVersion(long number) =>
        number is >= int.MinValue and <= int.MaxValue ? (int)number : throw RecordFormatException.CutOff;

    private static void WriteWarnings(RecordWriter to, IReadOnlyList<Warning> warnings, DecisionContext context)
    {
        to.Number(warnings.Count);
        foreach (var warning in warnings)
        {
            NameCode.Write(to, warning.Field, context);
            TextCode.WriteSentence(to, warning.Message, context.Phrases);
        }
    }

    private static Warning[] ReadWarnings(ref RecordReader from, DecisionContext context)
    {
        var warnings = new Warning[from.Count()];
        for (var i = 0; i < warnings.Length; i++)
        {
            warnings[i] = new Warning(NameCode.Read(ref from, context), TextCode.Read(ref from, context.Phrases)!);
        }

        return warnings;
    }

    private static void WriteTexts(RecordWriter to, IReadOnlyList<string> texts, DecisionContext context)
    {
        to.Number(texts.Count);
        foreach (var text in texts)
        {
            NameCode.Write(to, text, context);
        }
    }

    private static string[] ReadTexts(ref RecordReader from, DecisionContext context)
    {
        var texts = new string[from.Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = NameCode.Read(ref from, context);
        }

        return texts;
    }

    private static string?[] ReadTexts(ref RecordReader from, int count, DecisionContext context)
    {
        var texts = new string?[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = TextCode.Read(ref from, context.Phrases);
        }

        return texts;
    }
}

/// <summary>What stands beside a record in columns of its own.</summary>
internal readonly record struct RecordedAnswer(double Probability, Outcome Outcome, double RawScore);

/// <summary>The lists of a record that are as long as the features.</summary>
internal readonly record struct RecordedNumbers(string?[] Values, double[] Row, double[] Contributions);
