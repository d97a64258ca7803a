using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using LoanRisk.Store;

namespace LoanRisk.Benchmarks.Store;

/// <summary>PostgreSQL's own benchmark, inserting rows like those that the store has written, one a commit.</summary>
internal sealed partial class PgBench
{
    private readonly Dictionary<string, string?> _environment = [];

    private readonly int _record;

    /// <param name="server">A server on which the store has written decisions.</param>
    public PgBench(PostgresServer server)
    {
        server.AddTo(_environment);
        using var connection = server.Open();
        Version = connection.PostgreSqlVersion.ToString();
        var (bytes, rows) = connection.QuerySingle<(long, long)>(
            "SELECT pg_total_relation_size('decisions'), (SELECT count(*) FROM decisions)");
        BytesARow = (double)bytes / rows;
        _record = connection.ExecuteScalar<int>("SELECT avg(length(record))::integer FROM decisions");
    }

    /// <summary>The server's version.</summary>
    public string Version { get; }

    /// <summary>Bytes of table and indexes for each row that the store has written.</summary>
    public double BytesARow { get; }

    /// <summary>How many rows a second so many clients insert.</summary>
    public double RowsASecond(int clients, TimeSpan window)
    {
        var script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                script,
                $"""
                INSERT INTO decisions (id, decided_at, context, product, origin, outcome, overridden_by, probability, raw_score, record)
                SELECT substr(md5(random()::text) || md5(random()::text), 1, 36), 17000000000000000, min(id), 'peerloan', 1, 0, 0, 0.05,
                    -2.5, decode(repeat('5a', {_record}), 'hex') FROM decision_contexts;
                """);
            return Rate(Run(clients, window, script));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private string Run(int clients, TimeSpan window, string script)
    {
        const string Debian = "/usr/lib/postgresql/15/bin/pgbench";
        var start = new ProcessStartInfo(
            File.Exists(Debian) ? Debian : "pgbench",
            [
                "--no-vacuum", "--protocol=prepared", $"--client={clients}", "--jobs=1", $"--time={(int)window.TotalSeconds}",
                $"--file={script}", _environment[PostgresServer.Variable]!,
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench failed: {output}");
    }

    private static double Rate(string output) => double.Parse(
        TransactionsASecond().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^tps = (?<tps>[0-9.]+) \(without", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TransactionsASecond();
}
