using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>
/// The rows that have joined so far, by a hash of column names and texts: the order of the columns does not matter, every letter does.
/// </summary>
internal sealed class SeenRows
{
    private readonly HashSet<UInt128> _seen = [];

    private readonly List<UInt128> _ofFile = [];

    private int[] _order = [];

    private string[] _names = [];

    /// <summary>The rows of a file come next, with these columns.</summary>
    public void Begin(IReadOnlyList<string> header)
    {
        _ofFile.Clear();
        _order = [.. Enumerable.Range(0, header.Count).OrderBy(i => header[i], StringComparer.Ordinal)];
        _names = [.. header];
    }

    /// <summary>Remembers a row; false when it was there.</summary>
    public bool Add(string[] fields)
    {
        var hash = Hash(fields);
        if (!_seen.Add(hash))
        {
            return false;
        }

        _ofFile.Add(hash);
        return true;
    }

    /// <summary>The rows of the file that was begun last do not join after all.</summary>
    public void Forget()
    {
        _ofFile.ForEach(hash => _seen.Remove(hash));
        _ofFile.Clear();
    }

    private UInt128 Hash(string[] fields)
    {
        var text = new StringBuilder();
        foreach (var i in _order)
        {
            // Lengths keep two fields from being taken for one.
            text.Append(_names[i].Length).Append(':').Append(_names[i]).Append(fields[i].Length).Append(':').Append(fields[i]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
