namespace LoanRisk.Web.Security;

/// <summary>
/// A request's body while it is on its way. What has arrived is kept here, so that a sender who takes his time holds a few kilobytes and
/// nobody's place.
/// </summary>
internal static class ArrivingBody
{
    private const int Part = 4096;

    /// <summary>Bytes that are waited for; longer bodies are read as they come, by whoever takes files.</summary>
    private const int Most = 64 * 1024;

    /// <summary>
    /// Waits until the body, or the first <see cref="Most"/> bytes of it, are there; whoever reads it then gets it whole.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The sender is too slow.</exception>
    public static async Task WaitAsync(HttpContext context)
    {
        // Reading would ask a caller for the body who waits to hear whether so long a one is taken at all.
        if (context.Request.ContentLength > Most && context.Request.Headers.Expect.Count > 0)
        {
            return;
        }

        var body = context.Request.Body;
        var arrived = new MemoryStream();
        var part = new byte[Part];
        int read;
        do
        {
            read = await body.ReadAsync(part, context.RequestAborted);
            arrived.Write(part, 0, read);
        }
        while (read > 0 && arrived.Length < Most);

        arrived.Position = 0;
        context.Request.Body = read == 0 ? arrived : new ContinuedStream(arrived, body);
    }
}
