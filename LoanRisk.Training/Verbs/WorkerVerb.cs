using System.CommandLine;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Reports;
using LoanRisk.Training.Terminal;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Training.Verbs;

/// <summary><c>worker</c>: does the jobs that were asked for at a site.</summary>
internal static class WorkerVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var once = new Option<bool>("--once") { Description = "Do the jobs that wait, and end." };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of a job.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var verb = new Verb(
            "worker",
            "Do the training and tuning jobs that were asked for at a site, one at a time, at low priority.",
            "loanrisk worker",
            "It waits for jobs until it is ended (Ctrl-C or SIGTERM); the job that it is at then fails. Several workers may run, here and, "
            + "on one database, elsewhere; no two take the same job. A site with LOANRISK_JOBS=none leaves all jobs to them.")
        {
            once, threads,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(session, Threads(parsed.GetValue(threads)), parsed.GetValue(once), cancellationToken), CancellationToken.None));
        return verb;
    }

    private static int Threads(int threads) =>
        threads is > 0 and <= 1024 ? threads : throw new InvalidOptionException($"--threads is from 1 to 1024; it was {threads}.");

    private static int Run(ConsoleSession session, int threads, bool once, CancellationToken stopping)
    {
        session.GiveWay();
        using var telemetry = WorkerTelemetry.FromEnvironment();
        var place = new JobPlace(session.Data, session.Products, JobPlace.NewWorker())
        {
            Mlflow = session.Mlflow,
            Plots = PlotFiles.Of,
        };
        var lines = new JobLines(session.Output, session.Error, TimeProvider.System);
        var worker = new JobWorker(place, new WorkThreads("work", threads), lines.Write);
        if (once)
        {
            worker.RunAll(stopping);
            return stopping.IsCancellationRequested ? ExitCode.Failed : ExitCode.Fine;
        }

        lines.Greet(place);
        worker.Run(stopping);
        return ExitCode.Fine;
    }
}
