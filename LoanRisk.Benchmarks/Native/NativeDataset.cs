using System.Runtime.InteropServices;

namespace LoanRisk.Benchmarks.Native;

/// <summary>Rows in LightGBM's bins.</summary>
internal sealed unsafe class NativeDataset : IDisposable
{
    private const int Floats = 0;
    private const int Doubles = 1;

    private NativeDataset(LightGbmLibrary library, nint handle) => (Library, Handle) = (library, handle);

    public LightGbmLibrary Library { get; }

    public nint Handle { get; }

    /// <summary>Row-major values with a label a row; with a reference its bins are used, as validation rows need.</summary>
    public static NativeDataset Of(
        LightGbmLibrary library, ReadOnlySpan<double> rows, ReadOnlySpan<float> labels, string parameters, NativeDataset? reference = null)
    {
        fixed (double* data = rows)
        {
            return Make(library, new(data, Doubles, rows.Length / labels.Length), labels, parameters, reference);
        }
    }

    /// <inheritdoc cref="Of(LightGbmLibrary, ReadOnlySpan{double}, ReadOnlySpan{float}, string, NativeDataset?)"/>
    public static NativeDataset Of(LightGbmLibrary library, ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, string parameters)
    {
        fixed (float* data = rows)
        {
            return Make(library, new(data, Floats, rows.Length / labels.Length), labels, parameters, null);
        }
    }

    /// <summary>Sets a field with a number a row, such as LightGBM's <c>weight</c>.</summary>
    public void Set(string field, ReadOnlySpan<float> values)
    {
        using var name = new NativeText(field);
        fixed (float* data = values)
        {
            Library.Check(Library.SetField(Handle, name.Bytes, data, values.Length, Floats));
        }
    }

    public void Name(IReadOnlyList<string> features)
    {
        var names = features.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            fixed (nint* all = names)
            {
                Library.Check(Library.SetFeatureNames(Handle, (byte**)all, names.Length));
            }
        }
        finally
        {
            Array.ForEach(names, Marshal.FreeCoTaskMem);
        }
    }

    public void Dispose() => Library.Check(Library.FreeDataset(Handle));

    private static NativeDataset Make(
        LightGbmLibrary library, Values rows, ReadOnlySpan<float> labels, string parameters, NativeDataset? reference)
    {
        using var words = new NativeText(parameters);
        nint made;
        library.Check(library.CreateDataset(
            rows.Data, rows.Type, labels.Length, rows.Columns, 1, words.Bytes, reference?.Handle ?? 0, &made));
        var dataset = new NativeDataset(library, made);
        dataset.Set("label", labels);
        return dataset;
    }

    /// <summary>Row-major values in memory.</summary>
    private readonly struct Values(void* data, int type, int columns)
    {
        public void* Data { get; } = data;

        public int Type { get; } = type;

        public int Columns { get; } = columns;
    }
}
