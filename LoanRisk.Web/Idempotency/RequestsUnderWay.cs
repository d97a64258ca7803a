using System.Collections.Concurrent;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Idempotency;

/// <summary>The requests with a key that this node is answering now. Safe for all threads.</summary>
internal sealed class RequestsUnderWay
{
    private readonly ConcurrentDictionary<RequestKey, bool> _all = new();

    /// <summary>Notes that a request is being answered; false when it is already.</summary>
    public bool TryBegin(RequestKey request) => _all.TryAdd(request, true);

    /// <summary>True while a request is being answered.</summary>
    public bool Has(RequestKey request) => _all.ContainsKey(request);

    /// <summary>It is answered, or given up.</summary>
    public void End(RequestKey request) => _all.TryRemove(request, out _);
}
