using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Ingest;

/// <summary>A folder of incoming files and a data folder that they are ingested into.</summary>
internal sealed class IngestFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IngestFolder()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["data"]);
    }

    /// <summary>The time of every run: long after the files were written.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.UtcNow.AddDays(1);

    /// <summary>A header and sixty rows.</summary>
    public static string[] Lines { get; } = [.. SyntheticLoans.Lines(seed: 3, rows: 60)];

    /// <summary>The product that the rows are of.</summary>
    public static LoanProduct Product => PeerLoan.Product;

    /// <summary>The path of a file or folder in it.</summary>
    public string this[params string[] parts] => _folder[parts];

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes an incoming file of rows under the header.</summary>
    public void Put(string name, IEnumerable<string> rows) => File.WriteAllLines(_folder["in", name], [Lines[0], .. rows]);

    /// <summary>What was ingested.</summary>
    public DataSetStore Store(string data = "data") => DataSetStore.Open(new DataFolder(_folder[data], "test"));

    /// <summary>Ingests what came in; a run can be watched, and killed after a step.</summary>
    public IngestResult Ingest(
        string data = "data", IReadOnlyList<DecidedLoan>? decided = null, Action<IngestStep>? reached = null, Func<bool>? stop = null) =>
        IngestRun.Run(Product, new IngestInput(_folder["in"], decided ?? []), Store(data), new IngestOptions(Now) { Reached = step =>
        {
            reached?.Invoke(step);
            if (stop?.Invoke() == true)
            {
                throw new KilledException();
            }
        } });

    /// <summary>The rows of a version.</summary>
    public DataSet Read(DataVersion version) => DataSetReader.Read(new VersionFiles(Store().Parts(version), "data", version.Id), Product);

    /// <summary>Every part with its bytes, and every recorded file.</summary>
    public string State(string data = "data") => string.Join('\n', [
        .. Directory.GetFiles(Store(data).PartFolder("peerloan"))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {File.ReadAllText(path).Length}"),
        .. Store(data).Files("peerloan").Select(file => file.ToString())]);

    /// <summary>What a run that nothing disturbs leaves.</summary>
    public (string Id, string State) Untroubled()
    {
        Directory.CreateDirectory(_folder["other"]);
        return (Ingest("other").After!.Id, State("other"));
    }
}
