using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LoanRisk.Tests.Store.Faults;

/// <summary>What SQLite asks of a file.</summary>
public enum DiskCall
{
    /// <summary>Write bytes.</summary>
    Write,

    /// <summary>Put on disk what was written.</summary>
    Sync,

    /// <summary>Shorten it.</summary>
    Truncate,
}

/// <summary>
/// SQLite's own file system with a say in it: for the files of one folder each write, sync and truncation is asked for first, and may fail.
/// Files elsewhere go their way. Installed once for the process, as SQLite's default, in front of the real one.
/// </summary>
internal sealed unsafe partial class FaultyDisk : IDisposable
{
    /// <summary>SQLITE_FULL.</summary>
    public const int Full = 13;

    /// <summary>SQLITE_IOERR_WRITE.</summary>
    public const int FailedWrite = 778;

    /// <summary>SQLITE_IOERR_FSYNC.</summary>
    public const int FailedSync = 1034;

    /// <summary>SQLITE_IOERR_TRUNCATE.</summary>
    public const int FailedTruncate = 1546;

    private static readonly ConcurrentDictionary<string, FaultyDisk> Folders = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<IntPtr, (IntPtr Real, FaultyDisk Disk, string Name)> Files = new();

    private static readonly Vfs* Real = Install();

    private readonly string _folder;

    public FaultyDisk(string folder)
    {
        _ = Real->Version; // installed by now
        _folder = folder;
        Folders[folder] = this;
    }

    /// <summary>The code a call on a file, named without its folder, fails with; 0 lets it through.</summary>
    public Func<DiskCall, string, int> Verdict { get; set; } = (_, _) => 0;

    public void Dispose() => Folders.TryRemove(_folder, out _);

    private static Vfs* Install()
    {
        SQLitePCL.Batteries_V2.Init();
        var real = FindVfs(IntPtr.Zero);
        var ours = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *ours = *real;
        ours->Name = Marshal.StringToCoTaskMemUTF8("faulty");
        ours->Next = IntPtr.Zero;
        ours->Open = (IntPtr)(delegate* unmanaged[Cdecl]<Vfs*, byte*, IntPtr, int, int*, int>)&Open;
        return RegisterVfs(ours, 1) == 0 ? real : throw new InvalidOperationException("SQLite does not take another file system.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, IntPtr file, int flags, int* outFlags)
    {
        var result = ((delegate* unmanaged[Cdecl]<Vfs*, byte*, IntPtr, int, int*, int>)Real->Open)(Real, name, file, flags, outFlags);
        var path = name is null ? null : Marshal.PtrToStringUTF8((IntPtr)name);
        if (result == 0 && path is not null && Folders.TryGetValue(Path.GetDirectoryName(path)!, out var disk))
        {
            var methods = (Methods**)file;
            Files[file] = ((IntPtr)(*methods), disk, Path.GetFileName(path));
            *methods = WithOurs(*methods);
        }

        return result;
    }

    // Few files are opened in tests; the copies are not freed.
    private static Methods* WithOurs(Methods* real)
    {
        var ours = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        *ours = *real;
        ours->Close = (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, int>)&Close;
        ours->Write = (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, IntPtr, int, long, int>)&Write;
        ours->Truncate = (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, long, int>)&Truncate;
        ours->Sync = (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, int, int>)&Sync;
        return ours;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(IntPtr file)
    {
        Files.TryRemove(file, out var entry);
        var real = (Methods*)entry.Real;
        *(Methods**)file = real;
        return ((delegate* unmanaged[Cdecl]<IntPtr, int>)real->Close)(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(IntPtr file, IntPtr bytes, int count, long offset)
    {
        var (real, disk, name) = Files[file];
        return disk.Verdict(DiskCall.Write, name) is not 0 and var code
            ? code
            : ((delegate* unmanaged[Cdecl]<IntPtr, IntPtr, int, long, int>)((Methods*)real)->Write)(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(IntPtr file, long size)
    {
        var (real, disk, name) = Files[file];
        return disk.Verdict(DiskCall.Truncate, name) is not 0 and var code
            ? code
            : ((delegate* unmanaged[Cdecl]<IntPtr, long, int>)((Methods*)real)->Truncate)(file, size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(IntPtr file, int flags)
    {
        var (real, disk, name) = Files[file];
        return disk.Verdict(DiskCall.Sync, name) is not 0 and var code
            ? code
            : ((delegate* unmanaged[Cdecl]<IntPtr, int, int>)((Methods*)real)->Sync)(file, flags);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* FindVfs(IntPtr name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int RegisterVfs(Vfs* vfs, int makeDefault);

    /// <summary>sqlite3_vfs, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int LongestPath;
        public IntPtr Next;
        public IntPtr Name;
        public IntPtr Own;
        public IntPtr Open;
        public fixed ulong Others[15];
    }

    /// <summary>sqlite3_io_methods, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public IntPtr Close;
        public IntPtr Read;
        public IntPtr Write;
        public IntPtr Truncate;
        public IntPtr Sync;
        public fixed ulong Others[13];
    }
}
