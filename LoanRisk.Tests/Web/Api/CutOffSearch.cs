using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Pipeline.Jobs;

namespace LoanRisk.Tests.Web.Api;

/// <summary>What a site that was killed in the middle of a search leaves in its data folder.</summary>
internal static class CutOffSearch
{
    public static string Job { get; } = new('a', 32);

    /// <summary>The request that began it.</summary>
    public static string Body { get; private set; } = "";

    /// <summary>Leaves data, a job that runs, and its search with some trials done.</summary>
    /// <returns>Id of the search.</returns>
    public static string Leave(DataFolder folder, int trials, int done, int seed)
    {
        using var files = new TemporaryFolder();
        SyntheticLoans.Write(files["loans.csv"], seed: 5, rows: 500);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(files.Path, []),
            DataSetStore.Open(folder),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
        Body = $$"""{"kind": "tune", "trials": {{trials}}, "seed": {{seed}}}""";
        var jobs = JobStore.Open(folder);
        jobs.Add(
            new Job(
                Job,
                "peerloan",
                JobArguments.Tune,
                new JobArguments(1, seed, trials).ToJson(),
                JobState.Queued,
                0,
                "",
                null,
                DateTimeOffset.UtcNow,
                "api",
                null,
                null));
        var job = jobs.TakeNext("gone", JobArguments.Kinds, DateTimeOffset.UtcNow - JobStore.Lease)!;
        var source = ProductData.Read(folder, PeerLoan.Product, DataChoice.Newest);
        var store = TrialStore.Open(folder);
        var search = JobSearch.For(
            job,
            new WantedSearch(source.Data.Sha256, new TuneSettings { Trials = trials, Seed = seed }),
            jobs,
            store,
            DateTimeOffset.UtcNow);
        using var stop = new CancellationTokenSource();
        var progress = new Stopper(() => store.Trials(search.Study.Id).Count >= done, stop);
        Assert.ThrowsAny<OperationCanceledException>(
            () => TuneRun.Run(source.Data, new StoredStudy(search.Study, store), TimeProvider.System, progress, stop.Token));
        Assert.Equal(done, store.Trials(search.Study.Id).Count);
        return search.Study.Id;
    }

    private sealed class Stopper(Func<bool> isEnough, CancellationTokenSource stop) : IProgress<StepState>
    {
        public void Report(StepState value)
        {
            if (isEnough())
            {
                stop.Cancel();
            }
        }
    }
}
