namespace LoanRisk.Store.Decisions;

/// <summary>
/// Writes a file beside the database and takes it away: a page of a commit may still find room where the next decision would not.
/// </summary>
internal static class WriteProbe
{
    private const int Bytes = 1 << 20;

    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Run(string database)
    {
        var path = database + ".probe";
        try
        {
            using var file = PrivateFiles.Open(path, FileMode.Create, FileAccess.Write);
            file.Write(new byte[Bytes]);
            PrivateFiles.FlushToDisk(file);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
