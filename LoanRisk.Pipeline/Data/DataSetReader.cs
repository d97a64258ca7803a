using System.Security.Cryptography;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>Reads a labelled CSV file into a <see cref="DataSet"/>; every row is checked as an application is.</summary>
public sealed class DataSetReader
{
    /// <summary>Bad rows that are kept with their cause; beyond these they are only counted.</summary>
    public const int MostProblems = 20;

    private const int RowsBetweenReports = 2_000;

    private readonly LoanProduct _product;
    private readonly List<double>[] _columns;
    private readonly List<bool> _bad = [];
    private readonly List<DateOnly?> _dates = [];
    private readonly List<string?>[] _ids;
    private readonly Dictionary<string, int> _warnings = [];
    private readonly List<RowProblem> _problems = [];
    private readonly UnseenLevels _unseen;
    private int _problemCount;
    private int _openRows;
    private LoanApplication? _sample;

    private DataSetReader(LoanProduct product)
    {
        _product = product;
        _columns = [.. product.Features.Select(_ => new List<double>())];
        _ids = [.. product.Ids.Select(_ => new List<string?>())];
        _unseen = new UnseenLevels(product);
    }

    /// <summary>Reads a file. Rows that cannot be used are left out and told in <see cref="DataSet.Problems"/>.</summary>
    /// <exception cref="CsvFileException">The file as a whole cannot be used: missing, empty, a column missing or spelled unlike the
    /// product's, no rows.</exception>
    public static DataSet Read(
        string path, LoanProduct product, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using var source = CsvSource.Open(path);
        var reader = new DataSetReader(product);
        reader.ReadRows(source, progress, cancellationToken);
        return reader._bad.Count + reader._problemCount + reader._openRows > 0
            ? reader.ToDataSet(Path.GetFileName(path), Hash(path), [.. reader.Unused(source)]).Stand()
            : throw new CsvFileException(path, null, "has a header but no rows.");
    }

    /// <summary>Reads the part files of a data version, in order, as one.</summary>
    /// <param name="parts">The files.</param>
    /// <param name="product">The product.</param>
    /// <param name="progress">Told the share that is read, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="CsvFileException">A part cannot be used, for example because the product has a feature now that it
    /// lacks.</exception>
    public static DataSet Read(
        VersionFiles parts, LoanProduct product, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var reader = new DataSetReader(product);
        HashSet<string> unused = [];
        for (var i = 0; i < parts.Paths.Count; i++)
        {
            using var source = CsvSource.Open(parts.Paths[i]);
            reader.ReadRows(source, progress is null ? null : new PartProgress(progress, i, parts.Paths.Count), cancellationToken);
            unused.UnionWith(reader.Unused(source));
        }

        return reader.ToDataSet(parts.Name, parts.Id, [.. unused]).Stand();
    }

    private void ReadRows(CsvSource source, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var rows = new LabelledRows(source, _product);
        var before = _bad.Count;
        _unseen.Clear();
        for (var row = 1L; rows.Read(); row++)
        {
            if (rows.Application is { } application)
            {
                Add(application, rows.Bad);
                _dates.Add(rows.Date);
                AddIds(rows);
            }
            else if (rows.IsOpen)
            {
                _openRows++;
            }
            else
            {
                Refuse(source.Line, rows.Problem!);
            }

            if (row % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(source.ShareRead);
            }
        }

        _unseen.RequireMostKnown(source.Path, _bad.Count - before);
    }

    private void Add(LoanApplication application, bool bad)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            _columns[f].Add(application.Row[f]);
        }

        _bad.Add(bad);
        _unseen.Add(application);
        foreach (var warning in application.Warnings)
        {
            _warnings[warning.Field] = _warnings.GetValueOrDefault(warning.Field) + 1;
        }

        if (_sample is null || (_sample.Values.Contains(null) && !application.Values.Contains(null)))
        {
            _sample = application;
        }
    }

    private void AddIds(LabelledRows rows)
    {
        for (var i = 0; i < _ids.Length; i++)
        {
            _ids[i].Add(rows.Id(i));
        }
    }

    private void Refuse(long line, string cause)
    {
        _problemCount++;
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new RowProblem(line, cause));
        }
    }

    private IEnumerable<string> Unused(CsvSource source) => source.Header.Except(_product.DataColumns).Except(_product.FeatureNames);

    private DataSet ToDataSet(string name, string sha256, IReadOnlyList<string> unused) => new()
    {
        Product = _product,
        Columns = Array.ConvertAll(_columns, c => c.ToArray()),
        Bad = [.. _bad],
        Dates = _dates.Count > 0 && _dates.TrueForAll(d => d is not null) ? [.. _dates.Select(d => d!.Value)] : null,
        Ids = [.. _ids.Select(ids => ids.ToArray())],
        FileName = name,
        Sha256 = sha256,
        UnusedColumns = unused,
        Warnings = _warnings,
        Problems = _problems,
        ProblemCount = _problemCount,
        RowsRead = _bad.Count + _problemCount + _openRows,
        OpenRows = _openRows,
        SampleValues = _sample is null ? new Dictionary<string, string?>() : Values(_sample),
    };

    private Dictionary<string, string?> Values(LoanApplication application) =>
        _product.Features.Zip(application.Values).ToDictionary(v => v.First.Name, v => v.Second);

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private sealed class PartProgress(IProgress<double> whole, int part, int parts) : IProgress<double>
    {
        public void Report(double value) => whole.Report((part + value) / parts);
    }
}
