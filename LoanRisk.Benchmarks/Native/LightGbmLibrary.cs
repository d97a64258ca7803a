using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LoanRisk.Benchmarks.Native;

/// <summary>
/// The few functions of LightGBM's C API that comparisons need, of one version of its native library. The build copies the
/// libraries out of LightGBM's own packages (LightGbm.targets); they are no part of the product. Two versions may be open in one
/// process.
/// </summary>
internal sealed unsafe class LightGbmLibrary
{
    /// <summary>The version that benchmarks compare with.</summary>
    public const string NewestVersion = "4.7.0";

    private static readonly ConcurrentDictionary<string, (LightGbmLibrary? Library, string Why)> Opened = new(StringComparer.Ordinal);

    private readonly nint _library;
    private readonly delegate* unmanaged<byte*> _lastError;

    private LightGbmLibrary(string version, nint handle)
    {
        (Version, _library) = (version, handle);
        _lastError = (delegate* unmanaged<byte*>)Export("LGBM_GetLastError");
        SetMaxThreads = (delegate* unmanaged<int, int>)Export("LGBM_SetMaxThreads");
        CreateDataset = (delegate* unmanaged<void*, int, int, int, int, byte*, nint, nint*, int>)Export("LGBM_DatasetCreateFromMat");
        SetField = (delegate* unmanaged<nint, byte*, void*, int, int, int>)Export("LGBM_DatasetSetField");
        SetFeatureNames = (delegate* unmanaged<nint, byte**, int, int>)Export("LGBM_DatasetSetFeatureNames");
        FreeDataset = (delegate* unmanaged<nint, int>)Export("LGBM_DatasetFree");
        CreateBooster = (delegate* unmanaged<nint, byte*, nint*, int>)Export("LGBM_BoosterCreate");
        LoadBooster = (delegate* unmanaged<byte*, int*, nint*, int>)Export("LGBM_BoosterLoadModelFromString");
        AddValidation = (delegate* unmanaged<nint, nint, int>)Export("LGBM_BoosterAddValidData");
        Update = (delegate* unmanaged<nint, int*, int>)Export("LGBM_BoosterUpdateOneIter");
        Evaluate = (delegate* unmanaged<nint, int, int*, double*, int>)Export("LGBM_BoosterGetEval");
        EvaluationCount = (delegate* unmanaged<nint, int*, int>)Export("LGBM_BoosterGetEvalCounts");
        SaveBooster = (delegate* unmanaged<nint, int, int, int, long, long*, byte*, int>)Export("LGBM_BoosterSaveModelToString");
        Predict = (delegate* unmanaged<nint, double*, int, int, int, int, int, int, int, byte*, long*, double*, int>)Export(
            "LGBM_BoosterPredictForMat");
        PrepareRow = (delegate* unmanaged<nint, int, int, int, int, int, byte*, nint*, int>)Export(
            "LGBM_BoosterPredictForMatSingleRowFastInit");
        PredictRow = (delegate* unmanaged<nint, double*, long*, double*, int>)Export("LGBM_BoosterPredictForMatSingleRowFast");
        FreeRow = (delegate* unmanaged<nint, int>)Export("LGBM_FastConfigFree");
        FreeBooster = (delegate* unmanaged<nint, int>)Export("LGBM_BoosterFree");
    }

    /// <summary>The versions that the build copies.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["4.6.0", NewestVersion];

    /// <summary>The newest version's library; null where this machine cannot run it.</summary>
    public static LightGbmLibrary? Newest => Find(NewestVersion, out _);

    public string Version { get; }

    public delegate* unmanaged<int, int> SetMaxThreads { get; }

    public delegate* unmanaged<void*, int, int, int, int, byte*, nint, nint*, int> CreateDataset { get; }

    public delegate* unmanaged<nint, byte*, void*, int, int, int> SetField { get; }

    public delegate* unmanaged<nint, byte**, int, int> SetFeatureNames { get; }

    public delegate* unmanaged<nint, int> FreeDataset { get; }

    public delegate* unmanaged<nint, byte*, nint*, int> CreateBooster { get; }

    public delegate* unmanaged<byte*, int*, nint*, int> LoadBooster { get; }

    public delegate* unmanaged<nint, nint, int> AddValidation { get; }

    public delegate* unmanaged<nint, int*, int> Update { get; }

    public delegate* unmanaged<nint, int, int*, double*, int> Evaluate { get; }

    public delegate* unmanaged<nint, int*, int> EvaluationCount { get; }

    public delegate* unmanaged<nint, int, int, int, long, long*, byte*, int> SaveBooster { get; }

    public delegate* unmanaged<nint, double*, int, int, int, int, int, int, int, byte*, long*, double*, int> Predict { get; }

    public delegate* unmanaged<nint, int, int, int, int, int, byte*, nint*, int> PrepareRow { get; }

    public delegate* unmanaged<nint, double*, long*, double*, int> PredictRow { get; }

    public delegate* unmanaged<nint, int> FreeRow { get; }

    public delegate* unmanaged<nint, int> FreeBooster { get; }

    /// <summary>The library of one of the <see cref="Versions"/>; null, and the reason, where this machine cannot run it.</summary>
    public static LightGbmLibrary? Find(string version, out string why)
    {
        (var found, why) = Opened.GetOrAdd(version, Open);
        return found;
    }

    /// <exception cref="InvalidOperationException">The call failed; LightGBM's word on it.</exception>
    public void Check(int answer)
    {
        if (answer != 0)
        {
            throw new InvalidOperationException($"LightGBM {Version}: {Marshal.PtrToStringUTF8((nint)_lastError())}");
        }
    }

    private static (LightGbmLibrary? Library, string Why) Open(string version)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "lightgbm", version);
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "lib_lightgbm.*").FirstOrDefault() : null;
        if (file is null)
        {
            return (null, $"LightGBM's package {version} has no library for {RuntimeInformation.RuntimeIdentifier}.");
        }

        return NativeLibrary.TryLoad(file, out var handle)
            ? (new(version, handle), "")
            : (null, $"LightGBM {version} does not load on this machine; on Linux it needs glibc and libgomp.so.1 (Debian: libgomp1).");
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);
}
