using System.Collections.Concurrent;

namespace LoanRisk.Pipeline.Caching;

/// <summary>Answers that take long: worked out one at a time, however many ask, and the same question only once.</summary>
/// <param name="most">Answers that are kept; when there are as many, they are forgotten before the next is kept.</param>
public sealed class SingleFlight<TKey, TAnswer>(int most) : IDisposable
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TAnswer> _answers = new();

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The answer to a question that was asked before; the type's default when it was not, or is forgotten.</summary>
    public TAnswer? Known(TKey question) => _answers.GetValueOrDefault(question);

    /// <summary>The answer; worked out on the thread that asks, which may wait for its turn.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="work">Works the answer out; when it fails, the next asks again.</param>
    public TAnswer Get(TKey question, Func<TKey, TAnswer> work)
    {
        if (_answers.TryGetValue(question, out var known))
        {
            return known;
        }

        _turn.Wait();
        try
        {
            return _answers.TryGetValue(question, out known) ? known : Keep(question, work(question));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The answer, waiting for a turn to work it out.</summary>
    /// <param name="question">What is asked by the time its turn comes: what it depends on may change while it waits.</param>
    /// <param name="work">Works the answer out; when it fails, the next asks again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TAnswer> GetAsync(Func<TKey> question, Func<Task<TAnswer>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var asked = question();
            return _answers.TryGetValue(asked, out var known) ? known : Keep(asked, await work());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private TAnswer Keep(TKey question, TAnswer answer)
    {
        if (_answers.Count >= most)
        {
            _answers.Clear();
        }

        return _answers[question] = answer;
    }
}
