using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Drift;

/// <summary>Reads files into a <see cref="DriftSample"/>: blocks are read on all cores and taken in in order.</summary>
internal sealed class SampleReader(LoanProduct product, IReadOnlyList<FeatureSample>? reference)
{
    private readonly LoanProduct _open = DriftProduct.Open(product);
    private readonly SampleSummary _summary = new([.. product.Features.Select(DriftColumn.Of)], reference);
    private readonly RowReservoir _rows = new(product.Features.Count);
    private readonly double[] _row = new double[product.Features.Count];
    private readonly List<RowProblem> _problems = [];
    private long _refused;

    /// <exception cref="CsvFileException">The file as a whole cannot be used, or most of its rows.</exception>
    public void Read(string path, Action<double> progress, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        using var blocks = CsvBlocks.Open(path);
        var plan = new SamplePlan(_open, source);
        var usable = new UsableRows(path);
        var (free, before, refused) = (new Stack<SampleBlock>(), _rows.Seen, _refused);
        OrderedWork.Run(
            () => Next(blocks, plan, free),
            block => block.Read(),
            block =>
            {
                Take(block, usable);
                progress(block.Records!.ShareRead);
                blocks.Return(block.Records);
                free.Push(block);
            },
            cancellationToken);
        var (rows, lost) = (_rows.Seen - before, _refused - refused);
        if (rows == 0 || UsableRows.IsMost(lost, rows + lost))
        {
            throw new CsvFileException(
                path,
                null,
                rows + lost == 0 ? "has a header but no rows."
                    : $"{lost:N0} of {Lending.CountedNoun.Of(rows + lost, "row")} cannot be used; is it the right file? "
                        + UsableRows.Told(_problems[0].Line, _problems[0].Cause));
        }
    }

    public DriftSample ToSample(string name) => new(name, _summary.ToSamples(), _rows, _refused, _problems);

    private static SampleBlock? Next(CsvBlocks blocks, SamplePlan plan, Stack<SampleBlock> free)
    {
        if (blocks.Next() is not { } records)
        {
            return null;
        }

        var block = free.TryPop(out var used) ? used : new SampleBlock(plan);
        block.Records = records;
        return block;
    }

    private void Take(SampleBlock block, UsableRows usable)
    {
        _summary.Add(block.Columns, block.Count);
        usable.Add(block.Count);
        for (var row = 0; row < block.Count; row++)
        {
            for (var f = 0; f < _row.Length; f++)
            {
                _row[f] = block.Columns[f][row];
            }

            _rows.Add(_row);
        }

        foreach (var problem in block.Problems)
        {
            _refused++;
            if (_problems.Count < UsableRows.CausesTold)
            {
                _problems.Add(problem);
            }

            usable.Refuse(problem.Line, problem.Cause);
        }
    }
}
