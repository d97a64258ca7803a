namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// When a record in quotation marks goes on over line ends. One stray mark must not take the rows below with it, so it does only where its
/// marks close as RFC 4180 says, it has as many fields as the header, no field over lines is longer than <see cref="MostFieldBytes"/>, and
/// the lines it takes in are not records themselves. Otherwise the record ends at the end of its first line and reading goes on at the
/// next.
/// </summary>
internal static class MultiLineRule
{
    /// <summary>Bytes a field that goes over line ends may have.</summary>
    public const int MostFieldBytes = 65_536;

    // Lines of prose may hold as many separators as the header now and then. Whole lines with so many of them are records.
    private const int FewestSeparators = 8;

    /// <summary>True when nothing that may follow can make the record one over several lines.</summary>
    /// <param name="record">The record as far as the text goes.</param>
    /// <param name="last">The field that has no end yet.</param>
    /// <param name="hasTooMany">It has more fields than the header.</param>
    public static bool IsHopeless(ReadOnlySpan<byte> record, FieldPlace last, bool hasTooMany) =>
        LineEnds.Any(record)
            && (hasTooMany || last.Quoting == Quoting.Misplaced || (last.Quoting == Quoting.Unclosed && IsTooLong(record[^last.Length..])));

    /// <summary>True for a record on one line, and for one over several that is whole.</summary>
    /// <param name="record">The record.</param>
    /// <param name="start">Where it starts in its text.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="columns">Fields it should have; 0 when that is not known.</param>
    /// <param name="separator">What stands between the fields.</param>
    public static bool IsRecord(ReadOnlySpan<byte> record, int start, ReadOnlySpan<FieldPlace> fields, int columns, byte separator)
    {
        if (!LineEnds.Any(record))
        {
            return true;
        }

        foreach (var field in fields)
        {
            if (field.Quoting is Quoting.Unclosed or Quoting.Misplaced || IsTooLong(record.Slice(field.Start - start, field.Length)))
            {
                return false;
            }
        }

        return columns == 0 || (fields.Length == columns && !HoldsRecords(record, columns, separator));
    }

    private static bool IsTooLong(ReadOnlySpan<byte> field) => field.Length > MostFieldBytes && LineEnds.Any(field);

    // Two stray marks far apart close each other: then each line between them would be a record by itself.
    private static bool HoldsRecords(ReadOnlySpan<byte> record, int columns, byte separator)
    {
        var inside = record[record.IndexOfAny((byte)'\r', (byte)'\n')..record.LastIndexOfAny((byte)'\r', (byte)'\n')];
        var separators = 0;
        foreach (var range in inside.SplitAny((byte)'\r', (byte)'\n'))
        {
            var line = inside[range];
            if (!line.IsEmpty && line.Count(separator) != columns - 1)
            {
                return false;
            }

            separators += line.IsEmpty ? 0 : columns - 1;
        }

        return separators >= FewestSeparators;
    }
}
