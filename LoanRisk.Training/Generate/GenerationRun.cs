using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Training.Generate;

/// <summary>What to make up.</summary>
/// <param name="Rows">How many loans.</param>
/// <param name="Seed">Seed of everything drawn.</param>
/// <param name="BadRate">The share of bad loans to aim at; null leaves it to the source.</param>
/// <param name="Shifts">Changes against the source's distributions.</param>
/// <param name="Cells">How cells are written.</param>
public sealed record GenerationOptions(int Rows, int Seed, double? BadRate, IReadOnlyList<Shift> Shifts, Cells Cells = Cells.Safe)
{
    /// <summary>How many of the last rows are changed; null for all.</summary>
    public int? ShiftedRows { get; init; }
}

/// <summary>What was made up.</summary>
/// <param name="Bad">How many loans were drawn bad.</param>
/// <param name="ExpectedBadRate">The mean of the probabilities they were drawn with.</param>
/// <param name="LogOddsShift">What was added to every loan's log-odds to meet the wanted rate.</param>
public sealed record GenerationResult(long Bad, double ExpectedBadRate, double LogOddsShift);

/// <summary>
/// Writes made-up loans with outcomes, ids and dates included. Every row has random numbers of its own, so
/// the first rows of a longer file are those of a shorter one as long as no bad rate is aimed at.
/// </summary>
public sealed class GenerationRun
{
    private const int BlockRows = 4_096;

    private readonly LoanProduct _product;
    private readonly SyntheticRowSource _source;
    private readonly GenerationOptions _options;
    private readonly LoanDrawer _plain;
    private readonly LoanDrawer _shifted;
    private readonly int _firstShifted;
    private readonly NameColumns _names;

    /// <summary>Prepares for loans of a product.</summary>
    /// <exception cref="InvalidInputException">The source's features are not the product's.</exception>
    public GenerationRun(LoanProduct product, SyntheticRowSource source, GenerationOptions options)
    {
        (_product, _source, _options) = (product, source, options);
        _plain = new LoanDrawer(product, source.Reference, []);
        _shifted = new LoanDrawer(product, source.Reference, options.Shifts);
        _firstShifted = options.Rows - (options.ShiftedRows ?? options.Rows);
        _names = new NameColumns(product);
    }

    /// <summary>Makes up loans and writes them as CSV.</summary>
    /// <exception cref="InvalidInputException">A shift leads out of what the product allows.</exception>
    public GenerationResult Run(string output, IProgress<double> progress, CancellationToken cancellationToken)
    {
        // The shift depends on all rows, so their log-odds come first; the rows themselves are drawn again when they are written.
        var logOdds = new double[_options.Rows];
        ForBlocks(start => FillLogOdds(logOdds, start), share => progress.Report(share / 2), cancellationToken);
        var shift = (_options.BadRate ?? _source.BadRate) is { } rate ? SolveShift(logOdds, rate) : 0;
        using var file = new OutputFile(output);
        CsvText.WriteRow(
            file.Writer, [.. _names.Header, .. _product.Features.Select(f => f.Column), _product.Target.Column], ',', _options.Cells);
        var bad = 0L;
        ForBlocks(start => bad += Write(file.Writer, logOdds, start, shift), share => progress.Report((1 + share) / 2), cancellationToken);
        file.Finish();
        return new GenerationResult(bad, MeanProbability(logOdds, shift), shift);
    }

    private LoanDrawer DrawerOf(int row) => row < _firstShifted ? _plain : _shifted;

    private void ForBlocks(Action<int> block, Action<double> done, CancellationToken cancellationToken)
    {
        for (var start = 0; start < _options.Rows; start += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            block(start);
            done(Math.Min(1, (start + BlockRows) / (double)_options.Rows));
        }
    }

    private void FillLogOdds(double[] logOdds, int start) =>
        Parallel.For(start, Math.Min(start + BlockRows, _options.Rows), WorkThreads.Current.Options(), row =>
        {
            var random = new SeededRandom(_options.Seed, row);
            logOdds[row] = LogOddsOf(DrawerOf(row).Draw(ref random));
        });

    private double LogOddsOf(string[] values)
    {
        var fields = new Dictionary<string, FieldValue>(values.Length);
        for (var f = 0; f < values.Length; f++)
        {
            fields.Add(_product.Features[f].Name, FieldValue.OfText(values[f]));
        }

        var check = LoanApplication.Check(_product, fields, InputStyle.Text);
        var application = check.Application
            ?? throw new InvalidInputException($"A made-up loan is not allowed by the product: {check.Problems[0].Message} Shift less.");
        return _source.LogOdds(application);
    }

    private long Write(TextWriter writer, double[] logOdds, int start, double shift)
    {
        var bad = 0L;
        for (var row = start; row < Math.Min(start + BlockRows, _options.Rows); row++)
        {
            var random = new SeededRandom(_options.Seed, row);
            var values = DrawerOf(row).Draw(ref random);
            var isBad = random.NextDouble() < LogOdds.ToProbability(logOdds[row] + shift);
            bad += isBad ? 1 : 0;
            CsvText.WriteRow(
                writer,
                [.. _names.Values(row, ref random), .. values, isBad ? _product.Target.Bad : _product.Target.Good],
                ',',
                _options.Cells);
        }

        return bad;
    }

    // The mean rises with the shift: halving the interval finds it to the last bits.
    private static double SolveShift(double[] logOdds, double rate)
    {
        var (low, high) = (-60.0, 60.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = MeanProbability(logOdds, middle) < rate ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double MeanProbability(double[] logOdds, double shift)
    {
        var sum = 0.0;
        foreach (var value in logOdds)
        {
            sum += LogOdds.ToProbability(value + shift);
        }

        return sum / logOdds.Length;
    }
}
