using System.Runtime.InteropServices;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>Rows in LightGBM's bins. They are handed over in blocks, so that no second copy of all values is made.</summary>
internal sealed unsafe class LightGbmDataset : IDisposable
{
    private const int BlockRows = 8_192;

    private LightGbmDataset(nint handle) => Handle = handle;

    /// <summary>What LightGBM knows it by.</summary>
    public nint Handle { get; }

    /// <summary>Rows to learn from, in bins of a sample that is the same on all machines.</summary>
    /// <param name="data">All rows of this machine.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="allRows">Rows to learn from on all machines.</param>
    /// <param name="parameters">LightGBM's words.</param>
    public static LightGbmDataset Of(DataSet data, int[] rows, BinSample sample, long allRows, string parameters)
    {
        nint made;
        using var pinned = sample.Pin();
        LightGbmApi.Check(LightGbmApi.CreateDataset(
            pinned.Values, pinned.Places, sample.Columns.Count, pinned.Counts, sample.Rows, rows.Length, allRows, parameters, &made));
        var dataset = new LightGbmDataset(made);
        dataset.Fill(data, rows);
        dataset.Name(data.Product.FeatureNames);
        return dataset;
    }

    /// <summary>Rows in the same bins.</summary>
    public LightGbmDataset Alike(DataSet data, int[] rows)
    {
        nint made;
        LightGbmApi.Check(LightGbmApi.CreateAlike(Handle, rows.Length, &made));
        var dataset = new LightGbmDataset(made);
        dataset.Fill(data, rows);
        return dataset;
    }

    public void Dispose() => LightGbmApi.Check(LightGbmApi.FreeDataset(Handle));

    private void Fill(DataSet data, int[] rows)
    {
        var width = data.Columns.Count;
        var block = new double[Math.Min(BlockRows, rows.Length) * width];
        for (var first = 0; first < rows.Length; first += BlockRows)
        {
            var count = Math.Min(BlockRows, rows.Length - first);
            for (var i = 0; i < count; i++)
            {
                data.CopyRow(rows[first + i], block.AsSpan(i * width, width));
            }

            fixed (double* values = block)
            {
                LightGbmApi.Check(LightGbmApi.PushRows(Handle, values, LightGbmApi.Doubles, count, width, first));
            }
        }

        var labels = Array.ConvertAll(rows, row => data.Bad[row] ? 1f : 0f);
        fixed (float* values = labels)
        {
            LightGbmApi.Check(LightGbmApi.SetField(Handle, "label", values, labels.Length, LightGbmApi.Floats));
        }
    }

    private void Name(IReadOnlyList<string> features)
    {
        var names = features.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            fixed (nint* all = names)
            {
                LightGbmApi.Check(LightGbmApi.SetFeatureNames(Handle, (byte**)all, names.Length));
            }
        }
        finally
        {
            Array.ForEach(names, Marshal.FreeCoTaskMem);
        }
    }
}
