using System.Security.Cryptography;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Data;

/// <summary>Reads a labelled CSV file into a <see cref="DataSet"/>; every row is checked as an application is.</summary>
public sealed class DataSetReader
{
    /// <summary>Bad rows that are kept with their cause; beyond these they are only counted.</summary>
    public const int MostProblems = 20;

    private const int RowsBetweenReports = 2_000;

    private readonly LoanProduct _product;
    private readonly List<double>[] _columns;
    private readonly List<bool> _bad = [];
    private readonly Dictionary<string, int> _warnings = [];
    private readonly List<RowProblem> _problems = [];
    private int _problemCount;
    private LoanApplication? _sample;

    private DataSetReader(LoanProduct product)
    {
        _product = product;
        _columns = [.. product.Features.Select(_ => new List<double>())];
    }

    /// <summary>Reads a file. Rows that cannot be used are left out and told in <see cref="DataSet.Problems"/>.</summary>
    /// <exception cref="CsvFileException">The file as a whole cannot be used: missing, empty, a column missing, no rows.</exception>
    public static DataSet Read(string path, LoanProduct product, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using var source = CsvSource.Open(path);
        var reader = new DataSetReader(product);
        reader.ReadRows(source, progress, cancellationToken);
        return reader._bad.Count + reader._problemCount > 0
            ? reader.ToDataSet(source)
            : throw new CsvFileException(path, null, "has a header but no rows.");
    }

    private void ReadRows(CsvSource source, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var columns = new ApplicationColumns(source, _product);
        var target = source.Column(_product.Target.Column);
        for (var row = 1L; source.Read(); row++)
        {
            ReadRow(source, columns, target);
            if (row % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(source.ShareRead);
            }
        }
    }

    private void ReadRow(CsvSource source, ApplicationColumns columns, int target)
    {
        if (source.Problem is { } problem)
        {
            Refuse(source.Line, problem);
            return;
        }

        var check = columns.Check(source.Fields);
        var outcome = Outcome(source.Fields[target].Trim());
        if (check.Application is { } application && outcome is { } bad)
        {
            Add(application, bad);
            return;
        }

        var label = outcome is null ? [LabelProblem(source.Fields[target].Trim())] : Array.Empty<string>();
        Refuse(source.Line, string.Join(" ", check.Problems.Select(p => p.Message).Concat(label)));
    }

    private bool? Outcome(string label) => label == _product.Target.Bad ? true : label == _product.Target.Good ? false : null;

    private string LabelProblem(string label) =>
        $"{_product.Target.Column} must be {_product.Target.Bad} ({_product.Target.Meaning}) or {_product.Target.Good}; it was \"{label}\".";

    private void Add(LoanApplication application, bool bad)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            _columns[f].Add(application.Row[f]);
        }

        _bad.Add(bad);
        foreach (var warning in application.Warnings)
        {
            _warnings[warning.Field] = _warnings.GetValueOrDefault(warning.Field) + 1;
        }

        if (_sample is null || (_sample.Values.Contains(null) && !application.Values.Contains(null)))
        {
            _sample = application;
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

    private DataSet ToDataSet(CsvSource source) => new()
    {
        Product = _product,
        Columns = Array.ConvertAll(_columns, c => c.ToArray()),
        Bad = [.. _bad],
        FileName = Path.GetFileName(source.Path),
        Sha256 = Hash(source.Path),
        UnusedColumns = [.. source.Header.Except(_product.DataColumns).Except(_product.FeatureNames)],
        Warnings = _warnings,
        Problems = _problems,
        ProblemCount = _problemCount,
        SampleValues = _sample is null ? new Dictionary<string, string?>() : Values(_sample),
    };

    private Dictionary<string, string?> Values(LoanApplication application) =>
        _product.Features.Zip(application.Values).ToDictionary(v => v.First.Name, v => v.Second);

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
