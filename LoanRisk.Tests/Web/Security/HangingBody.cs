using System.Net;
using System.Text;

namespace LoanRisk.Tests.Web.Security;

/// <summary>A body whose end comes when it may.</summary>
internal sealed class HangingBody : HttpContent
{
    private readonly string _begin;

    private readonly string _end;

    public HangingBody(string begin, string end)
    {
        (_begin, _end) = (begin, end);
        Headers.ContentType = new("application/json");
    }

    /// <summary>Ends when the beginning was sent.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the end follow.</summary>
    public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_begin));
        await stream.FlushAsync();
        Begun.SetResult();
        await GoOn.Task;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_end));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
