using System.Text;

namespace LoanRisk.Benchmarks.Native;

/// <summary>What a native prediction answers; the numbers are LightGBM's.</summary>
internal enum NativeKind
{
    Converted = 0,
    Raw = 1,
    Leaf = 2,
    Contribution = 3,
}

/// <summary>A LightGBM booster through the C API.</summary>
internal sealed unsafe class NativeBooster : IDisposable
{
    private const int Doubles = 1;
    private readonly LightGbmLibrary _library;
    private readonly nint _booster;
    private readonly NativeDataset? _dataset;

    private NativeBooster(LightGbmLibrary library, nint booster, NativeDataset? dataset = null) =>
        (_library, _booster, _dataset) = (library, booster, dataset);

    /// <summary>Loads a model text.</summary>
    public static NativeBooster Load(LightGbmLibrary library, string text)
    {
        using var model = new NativeText(text);
        int iterations;
        nint made;
        library.Check(library.LoadBooster(model.Bytes, &iterations, &made));
        return new(library, made);
    }

    /// <summary>A booster without trees on rows that it owns from now on.</summary>
    public static NativeBooster On(NativeDataset dataset, string parameters)
    {
        using var words = new NativeText(parameters);
        nint made;
        dataset.Library.Check(dataset.Library.CreateBooster(dataset.Handle, words.Bytes, &made));
        return new(dataset.Library, made, dataset);
    }

    /// <summary>Trains on row-major values.</summary>
    public static NativeBooster Train(
        LightGbmLibrary library, ReadOnlySpan<double> rows, ReadOnlySpan<float> labels, string parameters, int iterations) =>
        Trained(NativeDataset.Of(library, rows, labels, parameters), parameters, iterations);

    /// <inheritdoc cref="Train(LightGbmLibrary, ReadOnlySpan{double}, ReadOnlySpan{float}, string, int)"/>
    public static NativeBooster Train(
        LightGbmLibrary library, ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, string parameters, int iterations) =>
        Trained(NativeDataset.Of(library, rows, labels, parameters), parameters, iterations);

    /// <summary>Adds an iteration; false when no tree can be grown any more.</summary>
    public bool Update()
    {
        int isFinished;
        _library.Check(_library.Update(_booster, &isFinished));
        return isFinished == 0;
    }

    /// <summary>Validation rows, in the bins of the training rows.</summary>
    public void AddValidation(NativeDataset rows) => _library.Check(_library.AddValidation(_booster, rows.Handle));

    /// <summary>The metrics of the first validation rows, in the order of LightGBM's parameter <c>metric</c>.</summary>
    public double[] Validate()
    {
        int count;
        _library.Check(_library.EvaluationCount(_booster, &count));
        var metrics = new double[count];
        fixed (double* place = metrics)
        {
            _library.Check(_library.Evaluate(_booster, 1, &count, place));
        }

        return metrics;
    }

    /// <summary>The model text, of the first iterations only where their number is given.</summary>
    public string Save(int iterations = -1)
    {
        long length;
        _library.Check(_library.SaveBooster(_booster, 0, iterations, 0, 0, &length, null));
        var text = new byte[length];
        fixed (byte* place = text)
        {
            _library.Check(_library.SaveBooster(_booster, 0, iterations, 0, length, &length, place));
        }

        return Encoding.UTF8.GetString(text.AsSpan(0, (int)length - 1));
    }

    /// <summary>Predicts row-major rows; answers how many values it wrote.</summary>
    public long Predict(ReadOnlySpan<double> rows, int columns, NativeKind kind, Span<double> output, int threads = 1)
    {
        using var words = new NativeText($"num_threads={threads}");
        long length;
        fixed (double* data = rows, place = output)
        {
            _library.Check(_library.Predict(
                _booster, data, Doubles, rows.Length / columns, columns, 1, (int)kind, 0, -1, words.Bytes, &length, place));
        }

        return length;
    }

    /// <summary>A prepared single-row call, LightGBM's quickest way for one row.</summary>
    public NativeRow Row(int columns, NativeKind kind)
    {
        using var words = new NativeText("num_threads=1");
        nint fast;
        _library.Check(_library.PrepareRow(_booster, (int)kind, 0, -1, Doubles, columns, words.Bytes, &fast));
        return new(_library, fast);
    }

    public void Dispose()
    {
        _library.Check(_library.FreeBooster(_booster));
        _dataset?.Dispose();
    }

    private static NativeBooster Trained(NativeDataset dataset, string parameters, int iterations)
    {
        var trained = On(dataset, parameters);
        for (var left = iterations; left > 0 && trained.Update(); left--)
        {
        }

        return trained;
    }
}
