using System.Reflection;
using System.Runtime.InteropServices;

namespace LoanRisk.Benchmarks.Native;

/// <summary>
/// The few functions of LightGBM's C API that comparisons need. The library is no part of the project: the environment
/// variable LIGHTGBM_LIB names a lib_lightgbm.so of version 4.6, and without it nothing native runs.
/// </summary>
internal static partial class LightGbmLibrary
{
    public const string Variable = "LIGHTGBM_LIB";
    private const string Name = "lib_lightgbm";

    static LightGbmLibrary() => NativeLibrary.SetDllImportResolver(typeof(LightGbmLibrary).Assembly, Resolve);

    /// <summary>The variable names a library that is there.</summary>
    public static bool IsThere => File.Exists(Environment.GetEnvironmentVariable(Variable));

    public static void Check(int answer)
    {
        if (answer != 0)
        {
            throw new InvalidOperationException("LightGBM: " + Marshal.PtrToStringUTF8(LGBM_GetLastError()));
        }
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library == Name ? NativeLibrary.Load(Environment.GetEnvironmentVariable(Variable)!) : 0;

    [LibraryImport(Name)]
    private static partial nint LGBM_GetLastError();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int LGBM_DatasetCreateFromMat(void* data, int type, int rows, int columns, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int LGBM_DatasetSetField(nint dataset, string field, float* values, int count, int type);

    [LibraryImport(Name)]
    public static partial int LGBM_DatasetFree(nint dataset);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterLoadModelFromString(string text, out int iterations, out nint booster);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterUpdateOneIter(nint booster, out int isFinished);

    [LibraryImport(Name)]
    public static unsafe partial int LGBM_BoosterSaveModelToString(nint booster, int first, int count, int importance, long room, out long length, byte* text);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int LGBM_BoosterPredictForMat(
        nint booster, double* rows, int type, int rowCount, int columns, int isRowMajor, int kind, int first, int count, string parameters, out long length, double* output);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LGBM_BoosterPredictForMatSingleRowFastInit(nint booster, int kind, int first, int count, int type, int columns, string parameters, out nint fast);

    [LibraryImport(Name)]
    public static unsafe partial int LGBM_BoosterPredictForMatSingleRowFast(nint fast, double* row, out long length, double* output);

    [LibraryImport(Name)]
    public static partial int LGBM_FastConfigFree(nint fast);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterFree(nint booster);
}
