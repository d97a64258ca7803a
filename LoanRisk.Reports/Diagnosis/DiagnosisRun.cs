using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Reports.Diagnosis;

/// <summary>Times work on a sample of a product's rows and looks at the rows themselves.</summary>
/// <param name="folder">The data folder; only read.</param>
/// <param name="time">Measures, and tells when it was made.</param>
public sealed class DiagnosisRun(DataFolder folder, TimeProvider time)
{
    /// <summary>Diagnoses a product.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="limits">How much is done.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between and within runs.</param>
    /// <exception cref="InvalidInputException">The rows, or the sample of them, lack good or bad ones.</exception>
    public DiagnosisReport Run(ProductData source, DiagnosisLimits limits, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var product = source.Data.Product;
        var now = time.GetUtcNow();
        var profile = ProfileRun.Run(product, source, now, cancellationToken).Profile;
        using var work = new TimedWork(product, source.Paths, source.Data.RowCount + source.Data.ProblemCount, limits.Rows);
        var (done, all) = (0, 2 * (limits.Runs + 1));
        var ingest = Time("Ingest into an empty data folder", run => work.Ingest(run, now, cancellationToken));
        var train = Time($"Train, cross-validate and measure with {TimedWork.Trees} trees", _ => work.Train(time, cancellationToken));
        return new DiagnosisReport
        {
            Product = product.Id,
            MadeAt = now,
            Program = CodeVersion.Current,
            Processors = Environment.ProcessorCount,
            Timings = [ingest, train],
            Data = source.Data.FileName,
            Rows = profile.Rows,
            BadRows = profile.BadRows,
            RowsNotUsable = source.Data.ProblemCount,
            MissingShare = profile.Features.Average(f => f.MissingShare),
            Warnings = profile.Warnings,
            Parts = source.Version is null ? [] : PartHealth.Of(DataSetStore.Open(folder), product.Id),
            Packages = PackageLine.OfConsole(),
        };

        // A run before the others warms the program up and is not counted.
        Timing Time(string name, Action<int> run) => new(name, work.Rows, [.. Enumerable.Range(0, limits.Runs + 1).Select(i =>
        {
            var start = time.GetTimestamp();
            run(i);
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            progress.Report((double)++done / all);
            return seconds;
        }).Skip(1)]);
    }
}

/// <summary>How much a diagnosis does.</summary>
/// <param name="Runs">Runs of each work; at least 1.</param>
/// <param name="Rows">Rows of the sample, about; at least 1.</param>
public sealed record DiagnosisLimits(int Runs, int Rows);
