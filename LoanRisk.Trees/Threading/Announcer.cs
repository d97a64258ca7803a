using System.Collections.Concurrent;

namespace LoanRisk.Trees.Threading;

/// <summary>
/// Reports that pieces of work have ended, from a thread of usual priority. On Linux a thread inherits the low priority of the
/// thread that starts it: were an end reported by the work's own thread, the pool might start a thread for what follows, and
/// keep that slow one for answering requests.
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
