using System.Security.Cryptography;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>
/// Joins new CSV files to a product's data. A file is known by its content: one that has joined is passed over whatever it is called, one
/// that changed is a new file. Each file joins in one step (see <see cref="DataSetStore"/>), so that a run that is killed anywhere can be
/// run again.
/// </summary>
public sealed class IngestRun
{
    /// <summary>Rejected rows of a file that are kept with their cause; beyond these they are only counted.</summary>
    public const int MostRejected = 1_000;

    // A file whose last line has no end may still be being written while it is younger than this.
    private static readonly TimeSpan StillBeingWritten = TimeSpan.FromSeconds(2);

    private readonly LoanProduct _product;
    private readonly DataSetStore _store;
    private readonly IngestOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly SeenLoans _seen;
    private readonly Dictionary<string, IngestedFile> _known;

    private IngestRun(LoanProduct product, DataSetStore store, IngestOptions options, CancellationToken cancellationToken)
    {
        (_product, _store, _options, _cancellationToken) = (product, store, options, cancellationToken);
        _seen = new SeenLoans(new SeenRows(), new SeenIds(product));
        _known = store.Files(product.Id).ToDictionary(file => file.Sha256, StringComparer.Ordinal);
    }

    /// <summary>
    /// Joins every new table of a folder (<see cref="TableFiles"/>), in order of name, and the outcomes that were reported to the site.
    /// </summary>
    /// <param name="product">The product.</param>
    /// <param name="input">The files and outcomes.</param>
    /// <param name="store">The data sets.</param>
    /// <param name="options">How they join.</param>
    /// <param name="cancellationToken">Stops between rows; what joined stays.</param>
    /// <exception cref="Store.StoreException">Another ingest is running, or the data sets cannot be read or written.</exception>
    public static IngestResult Run(
        LoanProduct product, IngestInput input, DataSetStore store, IngestOptions options, CancellationToken cancellationToken = default)
    {
        using var held = store.Lock(product.Id);
        PartFile.Sweep(store.PartFolder(product.Id));
        var before = store.Latest(product.Id);
        var run = new IngestRun(product, store, options, cancellationToken);
        run.Remember(before);
        var (paths, passedOver) = input.Folder is null ? ([], []) : TableFiles.In(input.Folder);
        var files = new List<OfferedFile>();
        for (var i = 0; i < paths.Length; i++)
        {
            files.Add(run.Offer(paths[i]));
            options.Progress?.Report((i + 1.0) / paths.Length);
        }

        var (outcomes, corrected) = run.OfferOutcomes(input.Decided);
        files.AddRange(outcomes);
        return new IngestResult(files, before, store.Latest(product.Id), corrected) { PassedOver = passedOver };
    }

    private void Remember(DataVersion? version)
    {
        foreach (var part in version is null ? [] : _store.Parts(version))
        {
            using var source = CsvSource.Open(part);
            _seen.Begin(source.Header);
            while (source.Read())
            {
                _cancellationToken.ThrowIfCancellationRequested();
                _seen.Remember(source.Fields);
            }
        }
    }

    private OfferedFile Offer(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var stamp = FileStamp.Of(path);
            if (_known.TryGetValue(stamp.Sha256, out var known))
            {
                return new OfferedFile(name, FileOutcome.Known, known, null);
            }

            stamp.RequireWhole(_options.Now, StillBeingWritten);
            var (file, notes) = Join(path, name, RowSource.File, stamp);
            return new OfferedFile(name, FileOutcome.Joined, file, null) { Notes = notes };
        }
        catch (Exception e) when (e is CsvFileException or RefusedFileException or IOException or UnauthorizedAccessException)
        {
            return new OfferedFile(name, FileOutcome.Refused, null, e is CsvFileException csv ? csv.InFile : e.Message)
            {
                HasTotals = e is RefusedFileException { HasTotals: true },
            };
        }
    }

    private (List<OfferedFile> Files, int Corrected) OfferOutcomes(IReadOnlyList<DecidedLoan> decided)
    {
        var joined = _store.Files(_product.Id).Where(file => file is { Source: RowSource.Outcomes, PartSha256: not null })
            .SelectMany(
                file =>
                    OutcomeRows.Joined(_store.PartPath(_product.Id, file.PartSha256!), _product)).ToDictionary(row =>
                        row.DecisionId, row => row.Label, StringComparer.Ordinal);
        var corrected = decided.Count(
            loan => joined.TryGetValue(loan.DecisionId, out var label) && label != OutcomeRows.Label(_product, loan));
        var fresh = decided.Where(loan => !joined.ContainsKey(loan.DecisionId)).ToList();
        if (fresh.Count == 0)
        {
            return ([], corrected);
        }

        var path = Path.Combine(_store.PartFolder(_product.Id), $".outcomes.{Guid.NewGuid():N}.unfinished");
        try
        {
            PrivateFiles.WriteText(path, OutcomeRows.Text(_product, fresh));
            const string Name = "reported outcomes";
            var (file, _) = Join(path, Name, RowSource.Outcomes, FileStamp.Of(path));
            return ([new OfferedFile(Name, FileOutcome.Joined, file, null)], corrected);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private (IngestedFile File, IReadOnlyList<string> Notes) Join(string path, string name, RowSource source, FileStamp stamp)
    {
        try
        {
            return JoinRows(path, name, source, stamp);
        }
        catch
        {
            _seen.Forget();
            throw;
        }
    }

    private (IngestedFile File, IReadOnlyList<string> Notes) JoinRows(string path, string name, RowSource source, FileStamp stamp)
    {
        var copy = PartCopy.Of(path, _product, _seen, _store.PartFolder(_product.Id), _cancellationToken);
        using var part = copy.Part;
        _options.Reached?.Invoke(IngestStep.RowsCopied);
        stamp.RequireUnchanged();
        copy.RequireMostUsable();
        copy.Totals.Require(_options.LeaveOutTotals);
        var hash = copy.Kept > 0 ? part.Finish() : null;
        _options.Reached?.Invoke(IngestStep.PartNamed);
        var file = new IngestedFile
        {
            Product = _product.Id,
            Sha256 = stamp.Sha256,
            Name = name,
            Source = source,
            Bytes = stamp.Length,
            IngestedAt = _options.Now,
            PartSha256 = hash,
            RowsRead = copy.Read,
            RowsKept = copy.Kept,
            RowsDuplicate = copy.Duplicates,
            RowsRejected = copy.RejectedCount,
        };
        var version = _store.Join(file, _product.SchemaVersion, copy.Bad, copy.Rejected);
        _options.Reached?.Invoke(IngestStep.Recorded);
        _known[file.Sha256] = file with { Version = version?.Version ?? 0 };
        return (_known[file.Sha256], [.. copy.Totals.Notes, .. copy.Repeats.Notes, .. OpenNotes(file)]);
    }

    private static IEnumerable<string> OpenNotes(IngestedFile file) =>
        file.RowsWithoutOutcome is > 0 and var open
            ? [$"{CountedNoun.Of(open, "row has", "rows have")} no outcome yet: neither good nor bad, "
                + $"so {(open == 1 ? "it was" : "they were")} left out."]
            : [];
}

/// <summary>What is done of the joining of one file.</summary>
public enum IngestStep
{
    /// <summary>Its rows stand in an unfinished part.</summary>
    RowsCopied,

    /// <summary>The part is on disk under its name.</summary>
    PartNamed,

    /// <summary>The database knows it.</summary>
    Recorded,
}
