using System.Text;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Reports.Diagnosis;

/// <summary>Ingest and training of a few rows in a folder of its own, so that no data set and no model is touched.</summary>
internal sealed class TimedWork : IDisposable
{
    private const string SampleName = "sample.csv";

    /// <summary>Trees of a timed training run: it is to compare machines and versions, not to give a model.</summary>
    public const int Trees = 100;

    private const int SampleSeed = 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loanrisk-diagnose-");
    private readonly LoanProduct _product;
    private readonly DataSet _sample;

    /// <summary>Writes some of the rows of a product's files into a folder of their own.</summary>
    /// <param name="product">The product.</param>
    /// <param name="paths">The files.</param>
    /// <param name="rows">Rows in the files.</param>
    /// <param name="most">Rows to take at most, drawn by a fixed seed.</param>
    /// <exception cref="InvalidInputException">Too few of them are good or bad.</exception>
    public TimedWork(LoanProduct product, IReadOnlyList<string> paths, int rows, int most)
    {
        _product = product;
        try
        {
            Directory.CreateDirectory(SampleFolder);
            WriteSample(paths, (double)most / Math.Max(1, rows));
            _sample = DataSetReader.Read(Path.Combine(SampleFolder, SampleName), product);
            RequireEnough();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows of the sample.</summary>
    public int Rows => _sample.RowCount;

    private string SampleFolder => Path.Combine(_folder.FullName, "in");

    /// <summary>Joins the sample to an empty data folder.</summary>
    /// <exception cref="InvalidInputException">It is refused.</exception>
    public void Ingest(int run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folder = _folder.CreateSubdirectory($"data-{run}").FullName;
        var result = IngestRun.Run(
            _product,
            new IngestInput(SampleFolder, []),
            DataSetStore.Open(new DataFolder(folder, "diagnosis")),
            new IngestOptions(now),
            cancellationToken);
        if (result.Files.FirstOrDefault(f => f.Outcome == FileOutcome.Refused) is { } refused)
        {
            throw new InvalidInputException($"The sample cannot be ingested: {refused.Cause}");
        }
    }

    /// <summary>Trains on the sample with all of the product's directions and few trees.</summary>
    public void Train(TimeProvider time, CancellationToken cancellationToken) => TrainingRun.Run(
        _sample,
        new TrainingOptions { Parameters = [KeyValuePair.Create("num_iterations", $"{Trees}")], Monotone = MonotoneRule.All },
        time,
        SilentProgress.Instance,
        cancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);

    private void RequireEnough()
    {
        var (bad, good) = (_sample.BadCount, _sample.RowCount - _sample.BadCount);
        if (Math.Min(bad, good) < DataSplit.FewestOfAClass)
        {
            throw new SampleTooSmallException(bad, good);
        }
    }

    private void WriteSample(IReadOnlyList<string> paths, double share)
    {
        using var writer = new StreamWriter(Path.Combine(SampleFolder, SampleName), append: false, new UTF8Encoding(false));
        var random = new SeededRandom(SampleSeed);
        CsvText.WriteRow(writer, [.. _product.FeatureNames, _product.Target.Column], ',', Cells.Verbatim);
        foreach (var path in paths)
        {
            // Files may spell a feature by its own name or by the column of the product's data.
            using var source = CsvSource.Open(path);
            int[] places = [.. new ApplicationColumns(source, _product).Places, source.Column(_product.Target.Column)];
            while (source.Read())
            {
                if (source.Problem is null && random.NextDouble() < share)
                {
                    CsvText.WriteRow(writer, places.Select(p => source.Fields[p]), ',', Cells.Verbatim);
                }
            }
        }
    }
}
