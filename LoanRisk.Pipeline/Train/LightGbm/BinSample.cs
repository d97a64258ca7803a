using System.Runtime.InteropServices;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>
/// The rows that bins are found from, gathered from all machines. LightGBM would find the bins of each feature on one machine from that
/// machine's rows alone, which need not be like the others'.
/// </summary>
internal sealed class BinSample
{
    // LightGBM takes nearer values for 0 and leaves them out of a sample.
    private const double Zero = 1e-35f;

    private BinSample(IReadOnlyList<double[]> values, IReadOnlyList<int[]> places, int rows) =>
        (Columns, Places, Rows) = (values, places, rows);

    /// <summary>One array a feature: the values that are not 0.</summary>
    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>The row of each.</summary>
    public IReadOnlyList<int[]> Places { get; }

    /// <summary>Rows of the sample.</summary>
    public int Rows { get; }

    /// <summary>Draws it: from each machine as much as its share of all rows.</summary>
    public static BinSample Of(DataSet data, int[] rows, ITrainingMachines machines, long allRows, BinSampleSize size)
    {
        var most = allRows <= size.MostRows ? rows.Length : (int)((long)size.MostRows * rows.Length / allRows);
        var drawn = RowSample.Of(rows.Length, Math.Max(1, most), size.Seed);
        var (values, places) = (new List<double[]>(), new List<int[]>());
        var count = 0;
        foreach (var column in data.Columns)
        {
            var all = machines.All(Array.ConvertAll(drawn, i => column[rows[i]]));
            int[] given = [.. Enumerable.Range(0, all.Length).Where(i => double.IsNaN(all[i]) || Math.Abs(all[i]) > Zero)];
            values.Add(Array.ConvertAll(given, i => all[i]));
            places.Add(given);
            count = all.Length;
        }

        return new BinSample(values, places, count);
    }

    /// <summary>Holds the arrays in their place while LightGBM reads them.</summary>
    public Pinned Pin() => new(this);

    /// <summary>The arrays as C takes them.</summary>
    internal sealed unsafe class Pinned : IDisposable
    {
        private readonly List<GCHandle> _handles = [];

        public Pinned(BinSample sample)
        {
            Values = (double**)Pin(sample.Columns.Select(column => Pin(column)).ToArray());
            Places = (int**)Pin(sample.Places.Select(column => Pin(column)).ToArray());
            Counts = (int*)Pin(sample.Columns.Select(column => column.Length).ToArray());
        }

        public double** Values { get; }

        public int** Places { get; }

        public int* Counts { get; }

        public void Dispose() => _handles.ForEach(handle => handle.Free());

        private nint Pin(Array values)
        {
            var handle = GCHandle.Alloc(values, GCHandleType.Pinned);
            _handles.Add(handle);
            return handle.AddrOfPinnedObject();
        }
    }
}

/// <summary>How large a sample for bins is.</summary>
/// <param name="MostRows">Rows of all machines together.</param>
/// <param name="Seed">Seed of the draw.</param>
internal readonly record struct BinSampleSize(int MostRows, long Seed);
