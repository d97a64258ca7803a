namespace LoanRisk.Store.Archives;

/// <summary>
/// An empty place that an archive is restored into. Until <see cref="Finish"/> nobody sees anything of it, and being disposed before leaves
/// the place as it was.
/// </summary>
internal abstract class ArchiveTarget : IDisposable
{
    /// <summary>The folder, or the server and the database on it.</summary>
    public abstract string Shown { get; }

    /// <summary>Prepares the place.</summary>
    /// <param name="folder">The data folder, whose server is used where it has one.</param>
    /// <param name="archive">The seal of the archive that is restored.</param>
    /// <exception cref="StoreException">It is not empty, in use, or cannot be written to.</exception>
    public static ArchiveTarget Open(DataFolder folder, string archive) =>
        folder.Server is { } server ? PostgresTarget.Open(server) : SqliteTarget.Open(folder, archive);

    /// <summary>Writes the lines of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its lines in the order of an archive.</param>
    /// <param name="lastNumber">The highest number that was given in the column that the database numbers.</param>
    public abstract void Load(ArchiveTable table, IEnumerable<object?[]> rows, long? lastNumber);

    /// <summary>Writes a file.</summary>
    /// <param name="file">Which.</param>
    /// <param name="content">Its content.</param>
    public abstract void Keep(ContentFile file, Stream content);

    /// <summary>What was written, to be read again.</summary>
    public abstract ArchiveSource ReadBack();

    /// <summary>Lets everybody see it, durable.</summary>
    public abstract void Finish();

    /// <summary>Explains why it cannot be written.</summary>
    public abstract Exception Explain(Exception error);

    public abstract void Dispose();
}
