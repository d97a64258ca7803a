using LoanRisk.Lending;
using LoanRisk.Store.Archives;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>What an archive holds, for the console.</summary>
internal static class ArchiveOutput
{
    private const int Words = 18;

    private const int Numbers = 15;

    /// <summary>Writes a line a table, and the hashes of contents and file.</summary>
    public static void Write(ConsoleSession session, Archive archive, string title)
    {
        WriteCounts(session, archive, title);
        session.Output.WriteLine($"File     {archive.Sha256}");
        session.Output.WriteLine(
            $"         {CountedNoun.Of(archive.Bytes, "byte")}, made {archive.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC "
                + $"by LoanRisk {archive.Manifest.Program}");
    }

    /// <summary>Writes a line a table, and the hash of the contents.</summary>
    public static void WriteCounts(ConsoleSession session, Archive archive, string title)
    {
        session.Output.WriteLine(title);
        foreach (var table in archive.Manifest.Tables)
        {
            Write(session, table.Name.Replace('_', ' '), table.Rows);
        }

        var parts = archive.Manifest.Files.Count(file => file.Name.StartsWith("datasets/", StringComparison.Ordinal));
        Write(session, "data set parts", parts);
        Write(session, "keys of forms", archive.Manifest.Files.Count - parts);
        session.Output.WriteLine($"Contents {archive.Manifest.ContentHash}");
    }

    private static void Write(ConsoleSession session, string words, long count) =>
        session.Output.WriteLine($"  {words.PadRight(Words)}{count,Numbers:N0}");
}
