using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Drift;

/// <summary>A sample that was read: what a comparison needs of each feature, and some of its rows to be scored.</summary>
/// <param name="Name">The file or data version.</param>
/// <param name="Features">One a feature of the product.</param>
/// <param name="Rows">Rows that a model may score.</param>
/// <param name="Refused">Rows that cannot be read.</param>
/// <param name="FirstRefused">The first of them, at most <see cref="UsableRows.CausesTold"/>.</param>
public sealed record DriftSample(
    string Name, IReadOnlyList<FeatureSample> Features, RowReservoir Rows, long Refused, IReadOnlyList<RowProblem> FirstRefused)
{
    /// <summary>Reads a file block by block: memory does not grow with its rows.</summary>
    /// <param name="path">The file; it needs no outcome.</param>
    /// <param name="product">Its columns. A value may be missing, outside the range or of an unknown level: that is what is looked for.
    /// </param>
    /// <param name="reference">What it will be compared with, one a feature; null where it is the reference itself.</param>
    /// <param name="progress">Told the share that is read.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="CsvFileException">The file as a whole cannot be used, or most of its rows.</exception>
    public static DriftSample Read(
        string path,
        LoanProduct product,
        IReadOnlyList<FeatureSample>? reference,
        IProgress<double> progress,
        CancellationToken cancellationToken) =>
        Read(new VersionFiles([path], Path.GetFileName(path), ""), product, reference, progress, cancellationToken);

    /// <summary>Reads the parts of a data version as one.</summary>
    /// <exception cref="CsvFileException">A part as a whole cannot be used, or most of its rows.</exception>
    public static DriftSample Read(
        VersionFiles parts,
        LoanProduct product,
        IReadOnlyList<FeatureSample>? reference,
        IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        var reader = new SampleReader(product, reference);
        foreach (var (place, path) in parts.Paths.Index())
        {
            reader.Read(path, share => progress.Report((place + share) / parts.Paths.Count), cancellationToken);
        }

        return reader.ToSample(parts.Name);
    }
}
