using System.Runtime.InteropServices;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.Packages;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Hosting.Logs;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// This program as the child that does the site's jobs: <c>worker NAME</c>. It ends when none has waited for a while, and when its input
/// does: whatever ends the site, kill -9 too, closes that. Folders come by the environment. Its output are <see cref="WorkerMessage"/>s.
/// </summary>
internal static class WorkerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Whoever does a job has five seconds to stop, and the disk some to keep how it ended.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(8);

    /// <summary>True when the program was started as a child.</summary>
    public static bool IsMeant(string[] arguments) => arguments is [WorkerCommand.Verb, ..];

    /// <summary>Does jobs until there are none.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("The site starts its worker by itself. A worker of its own is the console's: LoanRisk.Training worker");
            return 2;
        }

        BackgroundProcess.GiveWay();
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            var threads = new WorkThreads("work", WorkFeature.ThreadsFor(Environment.ProcessorCount));
            var worker = new JobWorker(new JobPlace(DataFolder.Resolve(), ProductFolder.Default, arguments[1]), threads, Write);
            Listen(worker, stop);
            worker.Run(stop.Token, Patience);
            return 0;
        }
        catch (Exception e)
        {
            Write(new JobNews(JobNewsKind.Trouble, StartFailure.Explain(e) ?? "The worker failed.", Error: e));
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static void Listen(JobWorker worker, CancellationTokenSource stop) => new Thread(() =>
    {
        while (Console.In.ReadLine() is not null)
        {
            worker.Look();
        }

        stop.Cancel();
        Thread.Sleep(TimeToStop);
        Environment.Exit(1);
    })
    {
        IsBackground = true,
        Name = "site",
    }.Start();

    private static void Write(JobNews news)
    {
        // Of a defect the log gets what it may hold.
        var text = news.Error is { } error ? $"{news.Words} {new LoggedException(error)}" : news.Words;
        try
        {
            Console.Out.WriteLine(new WorkerMessage(news.Kind, text, news.Job?.Id, news.Share).ToLine());
        }
        catch (IOException)
        {
            // The site is gone, and the input says so too.
        }
    }
}
