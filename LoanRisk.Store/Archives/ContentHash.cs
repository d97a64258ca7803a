using System.Security.Cryptography;

namespace LoanRisk.Store.Archives;

/// <summary>Length and SHA-256 of what passes by.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the next bytes in.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>Copies a stream to its end, and takes it in.</summary>
    public void Copy(Stream from, Stream to)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            Add(buffer.AsSpan(0, read));
            to.Write(buffer, 0, read);
        }
    }

    /// <summary>The hash so far, in hexadecimal.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
