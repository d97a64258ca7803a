using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Web;

namespace LoanRisk.Tests.Store.Checks;

/// <summary>Something of everything that is kept.</summary>
internal static class FilledData
{
    /// <summary>Joins a file, registers a model and stores 40 decisions.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="incoming">A folder for the file, which is made.</param>
    public static async Task<DecisionStore> OpenAsync(DataFolder folder, string incoming)
    {
        var stop = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(incoming);
        SyntheticLoans.Write(Path.Combine(incoming, "loans.csv"), seed: 5, rows: 60);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(incoming, []),
            DataSetStore.Open(folder),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)),
            stop);
        ModelRegistry.Open(folder).Register(TrainedProducts.Champion, ModelSource.Imported, new AuditEntry("test", DateTimeOffset.UtcNow));
        var store = DecisionStore.Open(folder);
        await store.SaveAsync([.. Enumerable.Range(0, 40).Select(i => AddedUp($"id{i}"))], stop);
        return store;
    }

    private static StoredDecision AddedUp(string id)
    {
        var made = SyntheticDecision.WithId(id);
        return made with { Decision = made.Decision with { BaseValue = -2, Contributions = [0.5, -0.25, 0.125], RawScore = -1.625 } };
    }
}
