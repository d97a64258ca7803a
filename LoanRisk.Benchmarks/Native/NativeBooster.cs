using System.Text;
using static LoanRisk.Benchmarks.Native.LightGbmLibrary;

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
    private const int Floats = 0;
    private const int Doubles = 1;
    private readonly nint dataset;
    private readonly nint booster;

    private NativeBooster(nint booster, nint dataset) => (this.booster, this.dataset) = (booster, dataset);

    /// <summary>Loads a model text.</summary>
    public static NativeBooster Load(string text)
    {
        Check(LGBM_BoosterLoadModelFromString(text, out _, out var made));
        return new(made, 0);
    }

    /// <summary>Trains on row-major values.</summary>
    public static NativeBooster Train(ReadOnlySpan<double> rows, ReadOnlySpan<float> labels, string parameters, int iterations)
    {
        fixed (double* data = rows)
        {
            return Train(data, Doubles, rows.Length / labels.Length, labels, parameters, iterations);
        }
    }

    /// <inheritdoc cref="Train(ReadOnlySpan{double}, ReadOnlySpan{float}, string, int)"/>
    public static NativeBooster Train(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, string parameters, int iterations)
    {
        fixed (float* data = rows)
        {
            return Train(data, Floats, rows.Length / labels.Length, labels, parameters, iterations);
        }
    }

    /// <summary>The model text.</summary>
    public string Save()
    {
        Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, 0, out var length, null));
        var text = new byte[length];
        fixed (byte* place = text)
        {
            Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, length, out length, place));
        }

        return Encoding.UTF8.GetString(text.AsSpan(0, (int)length - 1));
    }

    /// <summary>Predicts row-major rows; answers how many values it wrote.</summary>
    public long Predict(ReadOnlySpan<double> rows, int columns, NativeKind kind, Span<double> output, int threads = 1, int first = 0, int iterations = -1)
    {
        fixed (double* data = rows, place = output)
        {
            Check(LGBM_BoosterPredictForMat(
                booster, data, Doubles, rows.Length / columns, columns, 1, (int)kind, first, iterations, $"num_threads={threads}", out var length, place));
            return length;
        }
    }

    /// <summary>A prepared single-row call, LightGBM's quickest way for one row.</summary>
    public NativeRow Row(int columns, NativeKind kind)
    {
        Check(LGBM_BoosterPredictForMatSingleRowFastInit(booster, (int)kind, 0, -1, Doubles, columns, "num_threads=1", out var fast));
        return new(fast);
    }

    public void Dispose()
    {
        Check(LGBM_BoosterFree(booster));
        if (dataset != 0)
        {
            Check(LGBM_DatasetFree(dataset));
        }
    }

    private static NativeBooster Train(void* data, int type, int columns, ReadOnlySpan<float> labels, string parameters, int iterations)
    {
        Check(LGBM_DatasetCreateFromMat(data, type, labels.Length, columns, 1, parameters, 0, out var trained));
        fixed (float* values = labels)
        {
            Check(LGBM_DatasetSetField(trained, "label", values, labels.Length, 0));
        }

        Check(LGBM_BoosterCreate(trained, parameters, out var made));
        for (var i = 0; i < iterations; i++)
        {
            Check(LGBM_BoosterUpdateOneIter(made, out var isFinished));
            if (isFinished != 0)
            {
                break;
            }
        }

        return new(made, trained);
    }
}

/// <summary>LightGBM's prepared single-row call.</summary>
internal sealed unsafe class NativeRow(nint fast) : IDisposable
{
    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        fixed (double* data = row, place = output)
        {
            Check(LGBM_BoosterPredictForMatSingleRowFast(fast, data, out _, place));
        }
    }

    public void Dispose() => Check(LGBM_FastConfigFree(fast));
}
