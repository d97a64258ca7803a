using System.Collections.Concurrent;

namespace LoanRisk.Trees.Threading;

/// <summary>
/// Tells the ends of pieces of work from a thread of usual priority. A thread that is started by one of low priority inherits it on Linux: were an end told by
/// the work's own thread, the pool might start a thread for what follows and keep that slow one for answering requests.
/// </summary>
internal sealed class Announcer
{
    private readonly BlockingCollection<Action> _ends = [];

    public Announcer()
    {
        new Thread(TellAll) { IsBackground = true, Name = "work ends" }.Start();
    }

    public void Announce(Action end) => _ends.Add(end);

    private void TellAll()
    {
        foreach (var end in _ends.GetConsumingEnumerable())
        {
            end();
        }
    }
}
