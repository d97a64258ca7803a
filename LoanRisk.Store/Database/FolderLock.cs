namespace LoanRisk.Store.Database;

/// <summary>Keeps every other program that stores decisions out of a data folder until it is disposed.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int Tries = 10;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly string _path;

    private FileStream _file;

    private FolderLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Takes it.</summary>
    /// <exception cref="StoreException">Another one has it, or it cannot be made.</exception>
    public static FolderLock Take(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, DatabaseFile.FileName) + ".lock";
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FolderLock(path, OpenFile(path));
            }
            catch (IOException) when (tries < Tries)
            {
                Thread.Sleep(BetweenTries); // a program that another one starts holds its parent's files for a moment
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(
                    $"The data folder is in use by another LoanRisk, or {path} cannot be written to. "
                        + $"Stop the other one or name another folder with {DataFolder.Variable}.",
                    e);
            }
        }
    }

    /// <summary>Takes it again where its file was removed: without the file a second site could start on the folder.</summary>
    /// <exception cref="StoreException">Another one has taken it in between.</exception>
    public void Require()
    {
        if (File.Exists(_path))
        {
            return;
        }

        try
        {
            var taken = OpenFile(_path);
            _file.Dispose();
            _file = taken;
        }
        catch (IOException e) when (File.Exists(_path))
        {
            throw new StoreException(
                $"{_path} was removed while the site runs, and another LoanRisk has started on the folder since, "
                    + "so nothing more is stored here. "
                    + "Stop both, check the database, and start one.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No room for it now; the next commit tries again.
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream OpenFile(string path) => PrivateFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
}
