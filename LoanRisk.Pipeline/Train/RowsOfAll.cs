using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Pipeline.Train;

/// <summary>
/// Rows as statistics and effects are made of them: all, where they are here; of several machines' rows a sample, to which each gives its
/// share, for no machine has room for all.
/// </summary>
/// <param name="Columns">One array a feature.</param>
/// <param name="Bad">The outcomes.</param>
internal sealed record RowsOfAll(IReadOnlyList<double[]> Columns, bool[] Bad)
{
    /// <summary>Rows of a sample of several machines' rows.</summary>
    public const int Most = 100_000;

    /// <summary>Takes them.</summary>
    public static RowsOfAll Of(DataSet data, ITrainingMachines machines, int seed)
    {
        if (machines.Count == 1)
        {
            return new RowsOfAll(data.Columns, data.Bad);
        }

        var all = machines.Sum(data.RowCount);
        var share = all <= Most ? data.RowCount : (int)((long)Most * data.RowCount / all);
        var rows = RowSample.Of(data.RowCount, Math.Max(1, share), seed);
        return new RowsOfAll(
            [.. data.Columns.Select(column => machines.All(Array.ConvertAll(rows, row => column[row])))], machines.All(data.BadOf(rows)));
    }
}
