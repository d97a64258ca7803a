using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Pipeline.Train.Split;

/// <summary>One fit of a cross-validation: rows to learn from, and held-out rows to measure on.</summary>
/// <param name="Training">Rows to learn from.</param>
/// <param name="Validation">Rows to measure on.</param>
public sealed record Fold(int[] Training, int[] Validation)
{
    /// <summary>Folds.</summary>
    public const int Count = 5;

    /// <summary>
    /// Five folds dealt without chance (<see cref="Folds"/>), rows that belong together (<see cref="RowGroups"/>) in one; with dates, six
    /// blocks of time of which each but the first is held out once and predicted from all before it.
    /// </summary>
    /// <param name="data">The rows of this machine.</param>
    /// <param name="machines">All machines; each deals its own rows, and time is that of the rows of all. Null where all rows are
    /// here.</param>
    public static IReadOnlyList<Fold> Of(DataSet data, ITrainingMachines? machines = null) =>
        data.Dates is { } dates && ByTime(dates, data.Bad, machines ?? OneMachine.Instance) is { } byTime ? byTime : Dealt(data);

    private static List<Fold> Dealt(DataSet data)
    {
        // Rows that belong together are dealt as one: five copies each of every loan would all begin in the first fold.
        int[] first = [.. Enumerable.Range(0, data.RowCount).Where(row => data.Groups[row] == row)];
        var dealt = first.Zip(Folds.Assign(data.BadOf(first), Count)).ToDictionary(row => row.First, row => row.Second);
        int[] folds = [.. Enumerable.Range(0, data.RowCount).Select(row => dealt[data.Groups[row]])];
        return [.. Enumerable.Range(0, Count).Select(k => new Fold(Folds.Rows(folds, f => f != k), Folds.Rows(folds, f => f == k)))];
    }

    // Null when time parts the rows so that a block has one outcome only, or when there are fewer days than blocks.
    private static List<Fold>? ByTime(DateOnly[] dates, bool[] bad, ITrainingMachines machines)
    {
        DateOnly[] sorted = [.. machines.All(dates).Order()];
        DateOnly[] starts = [.. Enumerable.Range(1, Count).Select(k => sorted[(int)((long)k * sorted.Length / (Count + 1))])];
        var block = Array.ConvertAll(dates, date => starts.Count(start => date >= start));
        List<Fold> folds =
        [
            .. Enumerable.Range(1, Count).Select(k => new Fold(Folds.Rows(block, b => b < k), Folds.Rows(block, b => b == k)))
        ];
        var have = folds.ConvertAll(f => HasBoth(f.Training) & HasBoth(f.Validation)); // asked of each fold, for the machines answer each
        return have.TrueForAll(both => both) ? folds : null;

        bool HasBoth(int[] rows) => machines.Gather([rows.Any(r => bad[r]), rows.Any(r => !bad[r])]) is var said
            && said.Any(s => s[0]) && said.Any(s => s[1]) && said.All(s => s[0] || s[1]);
    }
}
