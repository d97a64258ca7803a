using System.Runtime.InteropServices;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Pipeline.Tracking;
using LoanRisk.Reports;
using LoanRisk.Store;
using LoanRisk.Store.Packages;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Hosting.Logs;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// This program as a worker, with what the environment says. <c>worker</c> is that of the console, for platforms that publish the site
/// alone. <c>worker NAME</c> is the site's child: it ends when no job has waited for a while, and when its input does; whatever ends the
/// site, kill -9 too, closes that. Its output are <see cref="WorkerMessage"/>s.
/// </summary>
internal static class WorkerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Whoever does a job has five seconds to stop, and the disk some to keep how it ended.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(8);

    /// <summary>True when the program was started as a worker.</summary>
    public static bool IsMeant(string[] arguments) => arguments is [WorkerCommand.Verb, ..];

    /// <summary>Does jobs until it is ended or, as a child, there are none.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 2)
        {
            Console.Error.WriteLine("A worker takes its settings from the environment: LoanRisk.Web worker");
            return 2;
        }

        BackgroundProcess.GiveWay();
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return arguments is [_, var name] ? RunChild(name, stop) : RunAlone(stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static JobPlace Place(string worker) => new(DataFolder.Resolve(), ProductFolder.Default, worker)
    {
        Mlflow = MlflowServer.FromEnvironment(),
        Plots = PlotFiles.Of,
    };

    private static int RunAlone(CancellationToken stop)
    {
        var lines = new JobLines(Console.Out, Console.Error, TimeProvider.System);
        try
        {
            using var telemetry = WorkerTelemetry.FromEnvironment();
            var place = Place(JobPlace.NewWorker());
            var worker = new JobWorker(place, new WorkThreads("work", Environment.ProcessorCount), lines.Write);
            lines.Greet(place);
            worker.Run(stop);
            return 0;
        }
        catch (Exception e) when (StartFailure.Explain(e) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
            return 1;
        }
    }

    private static int RunChild(string name, CancellationTokenSource stop)
    {
        try
        {
            var threads = new WorkThreads("work", WorkFeature.ThreadsFor(Environment.ProcessorCount));
            var worker = new JobWorker(Place(name), threads, Write);
            Listen(worker, stop);
            worker.Run(stop.Token, Patience);
            return 0;
        }
        catch (Exception e)
        {
            Write(StartFailure.Explain(e) is { } sentence
                ? new JobNews(JobNewsKind.Trouble, sentence)
                : new JobNews(JobNewsKind.Trouble, "The worker failed.", Error: e));
            return 1;
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
