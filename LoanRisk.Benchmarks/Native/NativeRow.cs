namespace LoanRisk.Benchmarks.Native;

/// <summary>LightGBM's prepared single-row call.</summary>
internal sealed unsafe class NativeRow(LightGbmLibrary library, nint fast) : IDisposable
{
    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        long length;
        fixed (double* data = row, place = output)
        {
            library.Check(library.PredictRow(fast, data, &length, place));
        }
    }

    public void Dispose() => library.Check(library.FreeRow(fast));
}
