using LoanRisk.Store;

namespace LoanRisk.Web.Api;

/// <summary>
/// Where uploaded files stand while they are joined: each in a folder of its own below the data folder, with names of this program's
/// choosing, for nothing the sender says is ever a path.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="mostBytes">Bytes a file may have.</param>
public sealed partial class IncomingFiles(DataFolder folder, long mostBytes = IncomingFiles.StandardMostBytes)
{
    /// <summary>Bytes a file may have where nothing else is said.</summary>
    public const int StandardMostBytes = 64 * 1024 * 1024;

    private readonly string _path = Path.Combine(folder.Path, "incoming");

    /// <summary>Bytes a file may have.</summary>
    public long MostBytes => mostBytes;

    /// <summary>A folder for one upload, which takes it away when it is done.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public string Begin() => Keeping(Path.Combine(_path, Guid.NewGuid().ToString("N")), PrivateFiles.CreateFolder);

    /// <summary>A file in such a folder.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static FileStream Create(string path) => Keeping(path, p => PrivateFiles.Open(p, FileMode.CreateNew, FileAccess.Write));

    private static T Keeping<T>(string path, Func<string, T> make)
    {
        try
        {
            return make(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, path);
        }
    }

    /// <summary>
    /// Removes what uploads of a killed site left behind. Only for a site that begins: it alone has the data folder, and no upload of its
    /// own runs yet.
    /// </summary>
    /// <param name="log">Told what cannot be removed; that stops nothing.</param>
    public void Sweep(ILogger<IncomingFiles> log)
    {
        try
        {
            if (Directory.Exists(_path))
            {
                Directory.Delete(_path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogLeft(log, _path, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What interrupted uploads left in {Path} cannot be removed: {Cause}")]
    private static partial void LogLeft(ILogger log, string path, string cause);
}
