#pragma warning disable CA1416 // the tests skip on Windows
using System.Net;
using LoanRisk.Reports.Pages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Faults;

[Slow]
public sealed class FilePermissionTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_the_site_makes_in_a_folder_that_everybody_may_read_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists in place of permissions.");
        MakeOpen();
        await using var site = new LoanRiskSite { Data = _folder["data"] };
        using var client = site.CreateClient();
        using var form = await client.GetAsync("/", TestContext.Current.CancellationToken); // makes keys
        await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        await client.PostText(
            "/api/v1/products/peerloan/data",
            string.Concat(SyntheticLoans.Lines(seed: 3, rows: 60).Select(line => line + "\n")),
            "text/csv").Answer();

        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        var made = Made();
        foreach (var name in (string[])[
            "loanrisk.db", "loanrisk.db-wal", "loanrisk.db-shm", "loanrisk.db.lock", "loanrisk.db.id", "models.db", "models.db.id", "keys",
            "datasets", "incoming",
        ])
        {
            Assert.Contains(made, entry => entry.Name == name);
        }

        Assert.Contains(made, entry => entry.Extension == ".xml");
        Assert.Contains(made, entry => entry.Extension == ".csv");
        Assert.Empty(made.Where(IsOpen).Select(entry => $"{entry.FullName} {entry.UnixFileMode}"));
    }

    [Fact]
    public void A_report_in_the_data_folder_is_its_owners_alone_and_one_that_a_person_names_follows_the_umask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists in place of permissions.");
        MakeOpen();

        PageWriter.Save(_folder["data", "reports", "a.html"], "text", isPrivate: true);
        Assert.DoesNotContain(Made(), IsOpen);

        PageWriter.Save(_folder["data", "named.html"], "text");
        File.WriteAllText(_folder["data", "plain.html"], "text");
        Assert.Equal(File.GetUnixFileMode(_folder["data", "plain.html"]), File.GetUnixFileMode(_folder["data", "named.html"]));
    }

    [Fact]
    public async Task What_an_earlier_version_left_open_is_closed_at_the_start_and_what_somebody_else_put_there_is_not_touched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists in place of permissions.");
        await using (var before = new LoanRiskSite { Data = _folder["data"] })
        {
            using var client = before.CreateClient();
            await client.GetStringAsync("/", TestContext.Current.CancellationToken);
            await client.PostText(
                "/api/v1/products/peerloan/data",
                string.Concat(SyntheticLoans.Lines(seed: 3, rows: 60).Select(line => line + "\n")),
                "text/csv").Answer();
        }

        string[] foreign =
        [
            _folder["data", "notes.txt"], _folder["data", "copies", "loanrisk.db"], _folder["data", "reports", "mine.html"],
        ];
        foreach (var path in foreign)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "text", TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(_folder["data", "datasets", "linked"], _folder["data", "copies"]);
        foreach (var entry in Made().Where(entry => entry.LinkTarget is null))
        {
            entry.UnixFileMode |= entry is DirectoryInfo
                ? Others & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)
                : UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        var log = new LogLines();
        await using var site = new LoanRiskSite
        {
            Data = _folder["data"], Replace = services => services.AddSingleton<ILoggerProvider>(log),
        };
        site.CreateClient();

        Assert.Equal(
            ((string[])[_folder["data", "copies"], .. foreign]).Order(StringComparer.Ordinal),
            Made()
                .Where(entry => !entry.FullName.Contains("linked", StringComparison.Ordinal) && IsOpen(entry))
                .Select(entry => entry.FullName)
                .Order(StringComparer.Ordinal));
        Assert.Single(
            log.Lines, line => line.Contains("as an earlier version made them, are their owner's alone now", StringComparison.Ordinal));
    }

    private void MakeOpen()
    {
        Directory.CreateDirectory(_folder["data"]);
        File.SetUnixFileMode(
            _folder["data"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private List<FileSystemInfo> Made() =>
        [.. new DirectoryInfo(_folder["data"]).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)];

    private static bool IsOpen(FileSystemInfo entry) => (entry.UnixFileMode & Others) != UnixFileMode.None;
}
