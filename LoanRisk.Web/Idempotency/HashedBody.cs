using System.Security.Cryptography;
using System.Text;
using LoanRisk.Web.Bodies;

namespace LoanRisk.Web.Idempotency;

/// <summary>
/// A request's body that is hashed as it is read, with what else bears on the answer: method, address and type. A body of gigabytes costs
/// no more memory than a small one.
/// </summary>
internal sealed class HashedBody : ReadingStream
{
    private readonly Stream _body;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public HashedBody(HttpRequest request)
    {
        _body = request.Body;
        _hash.AppendData(Encoding.UTF8.GetBytes(
            $"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}\n"));
    }

    /// <summary>The fingerprint of the request, once its body has been read to the end.</summary>
    public byte[] Fingerprint => _hash.GetCurrentHash();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _body.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
