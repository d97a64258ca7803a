using System.Security.Claims;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Drift;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Keys;
using LoanRisk.Store.Models;
using LoanRisk.Store.People;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>Something of everything that a database holds, and all of it as the stores read it.</summary>
internal static class Contents
{
    public const int Decisions = 40;

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Fills SQLite's files or a server.</summary>
    public static async Task FillAsync(DataFolder folder, TemporaryFolder input)
    {
        FillModels(folder, input);
        await FillPeopleAsync(folder);
        await using var store = DecisionStore.Open(folder);
        await store.SaveAsync(Stored(), Stop);
        await store.ReportAsync(
            [
                new ReportedOutcome("id3", true, new DateOnly(2026, 11, 30), Noon, "hostile \" \\ \n \u2028 größe \U0001F600"),
                new ReportedOutcome("id7", false, new DateOnly(2026, 11, 30), Noon, ""),
            ],
            Stop);
        await store.ReportAsync([new ReportedOutcome("id3", false, new DateOnly(2026, 12, 1), Noon, "later")], Stop);
        var answer = new GivenAnswer(new RequestKey("", "odd \" key"), new byte[32], Noon, 202, null, "/api/v1/jobs/1", [0, 255]);
        await store.SaveAsync([], answer, Stop);
    }

    /// <summary>Models, data sets, trials, jobs and keys only.</summary>
    public static void FillModels(DataFolder folder, TemporaryFolder input)
    {
        var registry = ModelRegistry.Open(folder);
        var entry = new AuditEntry("ann", Noon);
        var model = registry.Register(
            TrainedProducts.Champion, ModelSource.Imported, entry with { Reason = "odd \t \"reason\" \\ 漢字" });
        registry.Promote(model.Id, PeerLoan.Product, new Promotion(entry, null));
        registry.ProductFiles.Push(File.ReadAllText(PeerLoan.FilePath), "product.json", entry with { Reason = "odd \t \"reason\" 漢字" });
        registry.ProductFiles.Push(TinyLoan.Json, "tiny.json", entry);
        registry.ProductFiles.Remove(TinyLoan.Product.Id, entry);
        registry.ProductFiles.Push(TinyLoan.Json, "tiny.json", entry);
        Ingest(folder, input);
        var trials = TrialStore.Open(folder);
        trials.Begin(new Study("study", "peerloan", new string('d', 64), "{\"trials\":3}", Noon));
        trials.Add("study", Trial(1, double.MinValue));
        trials.Add("study", Trial(2, double.PositiveInfinity));
        var jobs = JobStore.Open(folder);
        foreach (var id in (string[])["done", "running", "queued"])
        {
            jobs.Add(new Job(id, "peerloan", "train", "{}", JobState.Queued, 0, "", null, Noon, "test", null, null));
        }

        jobs.End(jobs.TakeNext("worker", ["train"], Noon)!, new JobEnd(JobState.Done, "over"), Noon.AddMinutes(1));
        jobs.Renew(jobs.TakeNext("worker", ["train"], Noon)!, 1.0 / 3, "a third", Noon);
        DriftWindowStore.Open(folder).Add(new DriftSeries("peerloan", model.Id, new string('r', 64)), new DriftWindow
        {
            Number = 1,
            FirstAt = Noon,
            LastAt = Noon.AddDays(7),
            LastSeq = 5_000_000_000L,
            Decisions = 1_000,
            Alarm = true,
            Result = "{\"größe\":1}",
            MadeAt = Noon.AddDays(8),
        });
        KeepKey(folder);
    }

    /// <summary>Everything that the stores read, as text: the same for the same contents.</summary>
    public static async Task<string> ReadAsync(DataFolder folder)
    {
        await using var store = DecisionStore.Open(folder);
        var lines = new List<string>();
        foreach (var summary in await store.NewestAsync(1000, cancellationToken: Stop))
        {
            lines.Add(SameDecision.Text((await store.FindAsync(summary.Id, Stop))!));
            lines.Add($"{await store.OutcomeAsync(summary.Id, Stop)}");
        }

        return string.Join("\n", lines) + ReadModels(folder) + await ReadPeopleAsync(folder);
    }

    // A passkey's text is kept as it was written, and a claim and a token have tables of their own.
    private static async Task FillPeopleAsync(DataFolder folder)
    {
        await PeopleAccounts.AddAsync(folder, "ada", PeopleAccounts.Password, Roles.Officer, Roles.Admin);
        await PeopleAccounts.UseAsync(folder, async people =>
        {
            var ada = (await people.FindByNameAsync("ada"))!;
            await people.AddClaimAsync(ada, new Claim("kind", "größe"));
            await people.AddLoginAsync(ada, new UserLoginInfo("provider", "key", "Provider"));
            await people.SetAuthenticationTokenAsync(ada, "provider", "token", "value");
            await people.SetLockoutEndDateAsync(ada, Noon.AddDays(1));
            return await people.AddOrUpdatePasskeyAsync(
                ada, new UserPasskeyInfo([1, 0, 255], [4], Noon, 7, null, true, false, false, [6], [7]) { Name = "der \"blaue\"" });
        });
        await PeopleAccounts.UseServicesAsync(folder, async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IdentityRole>>();
            return await roles.AddClaimAsync((await roles.FindByNameAsync(Roles.Officer))!, new Claim("limit", "10000"));
        });
        var keys = ApiKeys.Open(folder);
        keys.Create(new ApiKeys.WantedKey("core banking", [Scopes.Score, Scopes.Batch], ["peerloan"], Noon.AddDays(1)), ("ada", Noon));
        var (revoked, _) = keys.Create(new ApiKeys.WantedKey("odd \"name\" 漢字", [Scopes.Data]), ("ada", Noon.AddMinutes(1)));
        keys.Revoke(revoked.Id, "ada", Noon.AddHours(1));
        Acts.Open(folder).Add(new Act(Noon, "ada", "10.0.0.1", ActKind.KeyMade, "core banking", "for tests"));
    }

    private static async Task<string> ReadPeopleAsync(DataFolder folder) => await PeopleAccounts.UseAsync(folder, async people =>
    {
        var ada = (await people.FindByNameAsync("ada"))!;
        IEnumerable<string> lines =
        [
            $"{ada.Id} {ada.SecurityStamp} {ada.LockoutEnd:O} {await people.CheckPasswordAsync(ada, PeopleAccounts.Password)}",
            .. (await people.GetRolesAsync(ada)).Order(),
            .. (await people.GetClaimsAsync(ada)).Select(claim => $"{claim}"),
            .. (await people.GetLoginsAsync(ada)).Select(login => $"{login.LoginProvider} {login.ProviderKey}"),
            $"{await people.GetAuthenticationTokenAsync(ada, "provider", "token")}",
            .. (await people.GetPasskeysAsync(ada)).Select(passkey => $"{passkey.Name} {Convert.ToHexString(passkey.CredentialId)}"),
            .. ApiKeys.Open(folder).All().Select(
                key => $"{key} {string.Join(' ', key.Scopes)} {string.Join(' ', key.Products ?? [])} {Convert.ToHexString(key.Hash)}"),
            .. Acts.Open(folder).Newest(10).Select(act => $"{act}"),
        ];
        return string.Join("\n", lines);
    });

    /// <summary>The same of models, data sets, trials, jobs and keys only.</summary>
    public static string ReadModels(DataFolder folder)
    {
        var registry = ModelRegistry.Open(folder);
        var data = DataSetStore.Open(folder);
        var jobs = JobStore.Open(folder);
        var version = data.Latest("peerloan")!;
        IEnumerable<string> lines =
        [
            .. registry.List().Select(model => $"{model}"),
            .. registry.List().SelectMany(model => registry.Files(model.Id).OrderBy(file => file.Key, StringComparer.Ordinal)).Select(
                file => $"{file.Key} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Value.Span))}"),
            .. registry.History().Select(e => $"{e}"),
            .. registry.Policies("peerloan").Select(policy => $"{policy}"),
            .. ((string[])["peerloan", TinyLoan.Product.Id]).SelectMany(registry.ProductFiles.History).Select(file => $"{file}"),
            .. data.Versions("peerloan").Select(v => $"{v}"),
            .. data.Files("peerloan").Select(file => $"{file}"),
            .. data.Files("peerloan").SelectMany(file => data.Rejected("peerloan", file.Sha256)).Select(row => $"{row}"),
            .. data.Parts(version).Select(File.ReadAllText),
            .. TrialStore.Open(folder).Studies("peerloan").Select(study => $"{study}"),
            .. TrialStore.Open(folder).Trials("study").Select(
                t => $"{t with { Folds = [], Parameters = null! }} {string.Join(' ', t.Folds)} {string.Join(' ', t.Parameters)}"),
            .. ((string[])["done", "running", "queued"]).Select(id => $"{jobs.Find(id)}"),
            .. Keys(folder),
        ];
        return string.Join("\n", lines);
    }

    /// <summary>Decisions of the tests, their lists full of odd texts and numbers.</summary>
    public static IReadOnlyList<StoredDecision> Stored() =>
        [.. Enumerable.Range(0, Decisions).Select(i => SyntheticDecision.WithId($"id{i}", seed: i + 1) with
        {
            Reference = i % 2 == 0 ? $"größe {i}" : null,
        })];

    private static Trial Trial(int number, double metric) => new()
    {
        Number = number,
        Step = "random",
        Parameters = new Dictionary<string, string> { ["num_leaves"] = "31" },
        Seed = int.MaxValue,
        Folds = [0.1, 1.0 / 3],
        Metric = metric,
        StartedAt = Noon,
        Seconds = 1.25,
    };

    private static void Ingest(DataFolder folder, TemporaryFolder input)
    {
        for (var seed = 5; seed < 7; seed++)
        {
            var from = Directory.CreateDirectory(input[$"in{seed}"]).FullName;
            SyntheticLoans.Write(Path.Combine(from, "loans.csv"), seed, rows: 60);
            AddUnusable(Path.Combine(from, "loans.csv"));
            IngestRun.Run(
                PeerLoan.Product,
                new IngestInput(from, []),
                DataSetStore.Open(folder),
                new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)),
                Stop);
        }
    }

    // A row like the last, with a word where a number belongs.
    private static void AddUnusable(string path)
    {
        var lines = File.ReadAllLines(path);
        var fields = lines[^1].Split(',');
        fields[Array.IndexOf(lines[0].Split(','), "dti")] = "banana";
        File.AppendAllText(path, string.Join(',', fields) + "\n");
    }

    private static void KeepKey(DataFolder folder)
    {
        var name = $"key-{Guid.NewGuid():D}";
        const string Content = "<key id=\"größe\"><secret>&lt;é&gt;</secret></key>";
        if (folder.Server is { } server)
        {
            FormKeys.Open(server).Add(name, Content);
        }
        else
        {
            var keys = PrivateFiles.CreateFolder(Path.Combine(folder.Path, "keys"));
            File.WriteAllText(Path.Combine(keys, $"{name}.xml"), Content, System.Text.Encoding.UTF8);
        }
    }

    private static IEnumerable<string> Keys(DataFolder folder) => folder.Server is { } server
        ? FormKeys.Open(server).All()
        : Directory.GetFiles(Path.Combine(folder.Path, "keys")).Order().Select(File.ReadAllText);
}
