using System.Text;
using LoanRisk.Lending;

namespace LoanRisk.Store.Archives;

/// <summary>
/// The last 64 bytes of an archive, in the comment at the end of the zip: SHA-256 over all bytes before them. It tells whether a single one
/// was changed, lost or added, also where zip itself would not notice.
/// </summary>
internal static class ArchiveSeal
{
    private const int Length = 64;

    /// <summary>The comment of the zip, to be filled in when it is whole.</summary>
    public static string Comment { get; } = "LoanRisk archive. SHA-256 of all bytes before these 64: " + new string('0', Length);

    /// <summary>Fills it in.</summary>
    /// <returns>The hash.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static string Set(FileStream file)
    {
        var hash = HashOf(file);
        file.Position = file.Length - Length;
        file.Write(Encoding.ASCII.GetBytes(hash));
        return hash;
    }

    /// <summary>Compares it.</summary>
    /// <returns>The hash.</returns>
    /// <exception cref="StoreException">The file is not as it was written.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Require(FileStream file)
    {
        if (file.Length <= Length)
        {
            throw Broken(file, $"it has only {CountedNoun.Of(file.Length, "byte")}");
        }

        var hash = HashOf(file);
        var written = new byte[Length];
        file.Position = file.Length - Length;
        file.ReadExactly(written);
        return Encoding.ASCII.GetString(written) == hash
            ? hash
            : throw Broken(file, "it does not end with the SHA-256 of what is before, so it was cut off or changed");
    }

    private static StoreException Broken(FileStream file, string why) =>
        new($"{file.Name} is not an archive of LoanRisk, or is damaged: {why}. Take another copy of it. Nothing was restored.");

    private static string HashOf(FileStream file)
    {
        using var hash = new ContentHash();
        var buffer = new byte[1 << 18];
        file.Position = 0;
        for (var left = file.Length - Length; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                throw Broken(file, "it became shorter while it was read");
            }

            hash.Add(buffer.AsSpan(0, read));
            left -= read;
        }

        return hash.Hex();
    }
}
