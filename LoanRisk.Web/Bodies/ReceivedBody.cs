namespace LoanRisk.Web.Bodies;

/// <summary>
/// The body as the server receives it. Where its framing is broken the server fails in several ways, some of which look like defects of
/// this program; all of them are the sender's, as is a connection that ends in the middle.
/// </summary>
internal sealed class ReceivedBody(Stream body) : ReadingStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new BadHttpRequestException(
                "The body is not framed as HTTP says, or ended too early.", StatusCodes.Status400BadRequest, e);
        }
    }
}
