using System.Runtime.InteropServices;

namespace LoanRisk.Benchmarks.Native;

/// <summary>A text as C takes it, in UTF-8 with a zero at its end.</summary>
internal readonly unsafe struct NativeText(string text) : IDisposable
{
    public byte* Bytes { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

    public void Dispose() => Marshal.FreeCoTaskMem((nint)Bytes);
}
