using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>
/// The functions of LightGBM's C API that training needs; each answers 0, or another number and a word in <see cref="LastError"/>.
/// </summary>
internal static unsafe partial class LightGbmApi
{
    /// <summary>The type of double values in the API.</summary>
    public const int Doubles = 1;

    /// <summary>The type of float values in the API.</summary>
    public const int Floats = 0;

    private const string Library = "lib_lightgbm";

    private const DllImportSearchPath Paths = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;

    /// <summary>Checks an answer of the API.</summary>
    /// <exception cref="InvalidInputException">The call failed; LightGBM's word on it.</exception>
    public static void Check(int answer)
    {
        if (answer != 0)
        {
            throw new InvalidInputException($"LightGBM cannot train: {Marshal.PtrToStringUTF8((nint)LastError())?.TrimEnd('.')}.");
        }
    }

    /// <summary>LightGBM would write to the output what the program has its own words for. Holds for the calling thread.</summary>
    public static void Silence() => Check(RegisterLogCallback(&Ignore));

    [LibraryImport(Library, EntryPoint = "LGBM_NetworkInitWithFunctions")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int JoinNetwork(int machines, int rank, void* reduceScatter, void* allgather);

    [LibraryImport(Library, EntryPoint = "LGBM_NetworkFree")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int LeaveNetwork();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromSampledColumn", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int CreateDataset(
        double** sample, int** places, int columns, int* counts, int sampleRows, int rows, long allRows, string parameters, nint* made);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateByReference")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int CreateAlike(nint dataset, long rows, nint* made);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetPushRows")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int PushRows(nint dataset, void* values, int type, int rows, int columns, int first);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int SetField(nint dataset, string name, void* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetFeatureNames")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int SetFeatureNames(nint dataset, byte** names, int count);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int FreeDataset(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int CreateBooster(nint dataset, string parameters, nint* made);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int AddValidation(nint booster, nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int Update(nint booster, int* isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int GetPredictions(nint booster, int dataset, long* count, double* predictions);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int SaveBooster(
        nint booster, int first, int iterations, int importance, long room, long* length, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    [DefaultDllImportSearchPaths(Paths)]
    public static partial int FreeBooster(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_RegisterLogCallback")]
    [DefaultDllImportSearchPaths(Paths)]
    private static partial int RegisterLogCallback(delegate* unmanaged[Cdecl]<byte*, void> callback);

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    [DefaultDllImportSearchPaths(Paths)]
    private static partial byte* LastError();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(byte* line)
    {
    }
}
