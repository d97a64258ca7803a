using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>
/// A file's usable and new rows, copied into a part with all the file's columns, so that a later schema can use more of them.
/// </summary>
internal sealed class PartCopy
{
    private const int RowsBetweenChecks = 1_000;

    private readonly List<RejectedRow> _rejected = [];

    private readonly UnseenLevels _unseen;

    private PartCopy(PartFile part, LoanProduct product) =>
        (Part, _unseen, Repeats) = (part, new UnseenLevels(product), new RepeatedLoans(product));

    /// <summary>The unfinished part; the caller's to dispose.</summary>
    public PartFile Part { get; }

    public long Read { get; private set; }

    public long Kept { get; private set; }

    public long Bad { get; private set; }

    public long Duplicates { get; private set; }

    /// <summary>Rows that cannot be used. Those that are neither kept nor duplicates nor rejected have no outcome.</summary>
    public long RejectedCount { get; private set; }

    /// <summary>Lines that sum the table up; they do not join.</summary>
    public TotalLines Totals { get; } = new();

    /// <summary>Rows of loans that were there already.</summary>
    public RepeatedLoans Repeats { get; }

    /// <summary>The first rejected rows.</summary>
    public IReadOnlyList<RejectedRow> Rejected => _rejected;

    /// <summary>
    /// Copies a file. Its rows are remembered in <paramref name="seen"/>; whoever refuses the file afterwards makes that forget them.
    /// </summary>
    /// <exception cref="CsvFileException">The file as a whole cannot be used.</exception>
    /// <exception cref="RefusedFileException">Its last row is cut off.</exception>
    public static PartCopy Of(string path, LoanProduct product, SeenLoans seen, string folder, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        var rows = new LabelledRows(source, product);
        var copy = new PartCopy(new PartFile(folder, source.Header), product);
        try
        {
            seen.Begin(source.Header);
            copy.CopyRows(source, rows, seen, cancellationToken);
            copy._unseen.RequireMostKnown(path, copy.Kept);
            return copy;
        }
        catch
        {
            copy.Part.Dispose();
            throw;
        }
    }

    /// <summary>A file of which most rows cannot be used is not this product's.</summary>
    /// <exception cref="RefusedFileException">It is such a file, or holds no row.</exception>
    public void RequireMostUsable()
    {
        if (Read == 0)
        {
            throw new RefusedFileException("has a header but no rows.");
        }

        if (2 * RejectedCount > Read)
        {
            throw new RefusedFileException(
                $"{RejectedCount:N0} of {CountedNoun.Of(Read, "row")} cannot be used; is it a file of this product? The first, "
                + $"line {_rejected[0].Line}: {_rejected[0].Cause}");
        }
    }

    private void CopyRows(CsvSource source, LabelledRows rows, SeenLoans seen, CancellationToken cancellationToken)
    {
        var lastIsCut = false;
        while (rows.Read())
        {
            if (TotalLine.Looks(source.Fields, source.Header.Count))
            {
                Totals.Add(source);
                lastIsCut = false;
                continue;
            }

            lastIsCut = source.Problem is not null && source.Fields.Length < source.Header.Count;
            Take(source, rows, seen);
            if (++Read % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        if (lastIsCut)
        {
            throw new RefusedFileException(
                $"its last row (line {source.Line}) is cut off: {source.Problem} The file seems to be half-written; "
                + "run this again when it is whole.");
        }
    }

    private void Take(CsvSource source, LabelledRows rows, SeenLoans seen)
    {
        if (rows.IsOpen)
        {
            return; // neither good nor bad, and nothing to mend
        }

        if (rows.Application is null)
        {
            RejectedCount++;
            if (_rejected.Count < IngestRun.MostRejected)
            {
                _rejected.Add(new RejectedRow(source.Line, rows.Problem!));
            }
        }
        else if (!seen.Rows.Add(source.Fields))
        {
            Duplicates++;
        }
        else if (seen.Ids.Repeated(source.Fields) is { } id && Repeats.Add(id) == IdRepeat.Duplicate)
        {
            Duplicates++;
        }
        else
        {
            Kept++;
            seen.Ids.Add(source.Fields);
            _unseen.Add(rows.Application);
            Bad += rows.Bad ? 1 : 0;
            Part.Add(source.Fields);
        }
    }
}
