using System.Diagnostics;
using System.Globalization;
using Dapper;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Benchmarks.Store;

/// <summary>
/// What a stored decision costs in SQLite: in its form of today and in the former one, row by row and in groups, and how many are stored in
/// a second when 64 callers wait; the last also in PostgreSQL, beside pgbench.
/// </summary>
internal static class StoreComparison
{
    private const int Different = 1000;

    private const int Prefilled = 200_000;

    private const int PrefillGroup = 2000;

    private const int Callers = 64;

    private static readonly int[] Groups = [1, 8, 32, 128];

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    public static int Run(TextWriter output)
    {
        foreach (var line in Machine.Lines.Take(3))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"SQLite     {new SqliteConnection().ServerVersion}, WAL, synchronous FULL");
        output.WriteLine($"Load average at the start {LoadAverage()}");
        output.WriteLine($"Decisions of the PeerLoan champion about {Different:N0} made-up applications, ten features, with reasons and "
            + $"texts; each database holds {Prefilled:N0} before it is measured. Windows of {Window.TotalSeconds:N0} s.");
        var decisions = SyntheticDecisions.Make(Different);
        var folder = Directory.CreateTempSubdirectory("loanrisk-store-").FullName;
        try
        {
            output.WriteLine();
            output.WriteLine(
                $"{"form",-13} {"make a row",10}   {"rows a commit: CPU us a row (us a commit)",-68}   bytes a decision, all told");
            foreach (var form in (Func<string, WrittenForm>[])[Former, Records])
            {
                MeasureForm(output, Path.Combine(folder, form.Method.Name), form, decisions);
            }

            output.WriteLine();
            MeasureUpgrade(output, Path.Combine(folder, nameof(Former)));
            MeasureCallers(output, Path.Combine(folder, "callers"), decisions);
            if (PostgresServer.FromEnvironment() is { } server)
            {
                MeasureServer(output, server, Path.Combine(folder, "server"), decisions);
            }
            else
            {
                output.WriteLine($"PostgreSQL was not measured: {PostgresServer.Variable} names no server.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static RecordForm Records(string folder) => new RecordForm(Open(folder));

    private static FormerForm Former(string folder)
    {
        using (var undone = Open(folder))
        {
            undone.Execute("PRAGMA foreign_keys = OFF");
            DecisionUpgrade.Undo(undone, folder);
        }

        return new FormerForm(Connect(folder));
    }

    // With the tables of this version.
    private static SqliteConnection Open(string folder)
    {
        PrivateFiles.CreateFolder(folder);
        SqliteDecisions.Open(new DataFolder(folder, "benchmark"), TimeSpan.FromSeconds(5)).Dispose();
        return Connect(folder);
    }

    private static SqliteConnection Connect(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, DatabaseFile.FileName)};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
        return connection;
    }

    private static void MeasureForm(TextWriter output, string folder, Func<string, WrittenForm> open, StoredDecision[] decisions)
    {
        using (var form = open(folder))
        {
            form.Prepare(decisions);
            output.Write($"{form.Name,-13} {MakeCost(form, decisions),7:F1} us   ");
            for (var rows = 0; rows < Prefilled; rows += PrefillGroup)
            {
                form.Commit(PrefillGroup);
            }

            foreach (var rows in Groups)
            {
                var (cpu, wall, _) = Repeat(() => form.Commit(rows));
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{rows,4}: {cpu / rows,5:F1} ({wall,4:F0})"));
            }
        }

        SqliteConnection.ClearAllPools();
        using var connection = Connect(folder);
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var pages = connection.ExecuteScalar<long>("PRAGMA page_count") - connection.ExecuteScalar<long>("PRAGMA freelist_count");
        var bytes = pages * connection.ExecuteScalar<long>("PRAGMA page_size");
        output.WriteLine($"   {bytes / connection.ExecuteScalar<double>("SELECT count(*) FROM decisions"),8:F0}");
    }

    private static void MeasureUpgrade(TextWriter output, string folder)
    {
        var before = new FileInfo(Path.Combine(folder, DatabaseFile.FileName)).Length;
        var (used, clock) = (Cpu(), Stopwatch.StartNew());
        SqliteDecisions.Open(new DataFolder(folder, "benchmark"), TimeSpan.FromSeconds(5)).Dispose();
        var (cpu, seconds) = (Cpu() - used, clock.Elapsed.TotalSeconds);
        using var connection = Connect(folder);
        var rows = connection.ExecuteScalar<double>("SELECT count(*) FROM decisions");
        var pages = connection.ExecuteScalar<long>("PRAGMA page_count") - connection.ExecuteScalar<long>("PRAGMA freelist_count");
        var after = pages * connection.ExecuteScalar<long>("PRAGMA page_size");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The database of JSON columns brought into records: {rows:N0} decisions in {seconds:F1} s, {rows / seconds:N0} a second; "
                + $"{before / 1e6:N0} MB, of which {after / 1e6:N0} MB are used after; {cpu / rows:F1} us of CPU each"));
    }

    private static double MakeCost(WrittenForm form, StoredDecision[] decisions)
    {
        var next = 0;
        return Repeat(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                GC.KeepAlive(form.Make(decisions[next++ % decisions.Length]));
            }
        }).Cpu / 100;
    }

    private static void MeasureCallers(TextWriter output, string folder, StoredDecision[] decisions)
    {
        double alone;
        using (var form = Records(folder))
        {
            form.Prepare(decisions);
            alone = 1e6 / Repeat(() => form.Commit(1)).Wall;
        }

        var (cpu, rate, rows) = Together(folder, decisions).GetAwaiter().GetResult();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Callers} waiting callers: {rate:N0} decisions stored a second, {rows:F1} a commit, {cpu:F1} us of CPU each with the making "
                + $"of the row; one commit a row: {alone:N0} a second; {rate / alone:F1} times (the goal is 20)"));
    }

    private static void MeasureServer(TextWriter output, PostgresServer server, string folder, StoredDecision[] decisions)
    {
        output.WriteLine();
        var place = new DataFolder(PrivateFiles.CreateFolder(folder), "benchmark") { Server = server };
        var (cpu, rate, rows) = Together(place, decisions).GetAwaiter().GetResult();
        var bench = new PgBench(server);
        var (alone, together) = (bench.RowsASecond(1, Window), bench.RowsASecond(Callers, Window));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL {bench.Version}, {Callers} waiting callers: {rate:N0} decisions stored a second, {rows:F1} a commit, {cpu:F1} us "
                + $"of this program's CPU each; {bench.BytesARow:F0} bytes a decision, all told"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"pgbench, one row of the same bytes a commit: {alone:N0} a second with one client, {rate / alone:F1} times (the goal is 5); "
                + $"{together:N0} with {Callers} clients, {rate / together:F1} times"));
    }

    private static Task<(double Cpu, double Rate, double Rows)> Together(string folder, StoredDecision[] decisions) =>
        Together(new DataFolder(folder, "benchmark"), decisions);

    private static async Task<(double Cpu, double Rate, double Rows)> Together(DataFolder folder, StoredDecision[] decisions)
    {
        await using var store = DecisionStore.Open(folder);
        (double Cpu, double Rate, double Rows) measured = default;
        for (var round = 0; round < 2; round++) // the first warms up
        {
            var (stored, commits, cpu, clock) = (0L, store.Commits, Cpu(), Stopwatch.StartNew());
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (var i = caller; clock.Elapsed < Window; i++)
                {
                    var now = DateTimeOffset.UtcNow;
                    await store.SaveAsync([decisions[i % decisions.Length] with { Id = DecisionId.New(now), DecidedAt = now }]);
                    Interlocked.Increment(ref stored);
                }
            })));
            measured = (
                (Cpu() - cpu) / stored, stored / clock.Elapsed.TotalSeconds, stored / (double)Math.Max(1, store.Commits - commits));
        }

        return measured;
    }

    private static (double Cpu, double Wall, long Calls) Repeat(Action work)
    {
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < Window / 4;)
        {
            work();
        }

        var (calls, cpu, clock) = (0L, Cpu(), Stopwatch.StartNew());
        while (clock.Elapsed < Window)
        {
            work();
            calls++;
        }

        return ((Cpu() - cpu) / calls, clock.Elapsed.TotalMicroseconds / calls, calls);
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMicroseconds;
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "not known";
}
