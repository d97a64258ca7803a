using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace LoanRisk.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of a test's own on loopback, which the test may kill and start again. It goes, with its data, when it is disposed
/// of, and also when the tests are killed: it stands on a pipe that closes then. Its settings are as they come (fsync is on).
/// </summary>
internal sealed class PostgresProcess : IDisposable
{
    // initdb and postgres refuse to run as root; in /tmp another user may make the folder, and the path of its socket is short enough.
    // A line tells what becomes of the data; the end of the pipe means that nobody wants it.
    private const string Make = """
        set -e
        folder=$(mktemp -d /tmp/loanrisk-postgres-XXXXXX)
        cat > "$folder/password"
        "$0/initdb" -D "$folder/data" -U loanrisk -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C --no-sync >/dev/null
        printf %s "$folder"
        """;

    private const string Run = """
        cd "$1"
        "$0/postgres" -D "$1/data" -p "$2" -k "$1" -c listen_addresses=127.0.0.1 -c max_connections=200 >>"$1/log" 2>&1 </dev/null &
        read -r wanted || wanted=nothing
        kill -INT $! 2>/dev/null
        wait
        [ "$wanted" = data ] || rm -rf "$1"
        """;

    private readonly string _folder;

    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private readonly int _port = FreePort();

    private Process? _server;

    private PostgresProcess()
    {
        using var make = Shell(Make);
        make.StandardInput.Write(_password);
        make.StandardInput.Close();
        _folder = make.StandardOutput.ReadToEnd();
        make.WaitForExit();
        if (make.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb ended with {make.ExitCode}.");
        }
    }

    /// <summary>postgres://user:password@host:port/database, as platforms set it in DATABASE_URL.</summary>
    public string Url => $"postgres://loanrisk:{_password}@127.0.0.1:{_port}/postgres";

    private static string? Programs { get; } = FindPrograms();

    /// <summary>Skips the running test where PostgreSQL is not installed; in CI that is a failure.</summary>
    public static void Require()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(Programs is not null, "CI installs Debian's postgresql-15.");
        }

        Assert.SkipUnless(Programs is not null, "PostgreSQL is not installed; install Debian's postgresql-15.");
    }

    /// <summary>Makes an empty server and waits until it answers; see <see cref="Require"/>.</summary>
    public static PostgresProcess Create()
    {
        Require();
        var server = new PostgresProcess();
        server.Start();
        return server;
    }

    /// <summary>Starts it on the data that it has, after <see cref="Stop"/> or <see cref="Kill"/>, and waits until it answers.</summary>
    public void Start()
    {
        _server = Shell(Run, _folder, _port.ToString(CultureInfo.InvariantCulture));
        var connectionString = PostgresDatabase.ConnectionStringOf(Url) + ";Pooling=false";
        var patience = Stopwatch.StartNew();
        while (!Answers(connectionString))
        {
            if (patience.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException("PostgreSQL does not answer: " + File.ReadAllText(Path.Combine(_folder, "log")));
            }

            Thread.Sleep(50);
        }
    }

    /// <summary>Stops it as an operator does: connections are ended, the data is kept.</summary>
    public void Stop()
    {
        _server!.StandardInput.WriteLine("data");
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    /// <summary>
    /// Lets it hang until <see cref="Thaw"/>: it keeps its connections and takes new ones, and answers none, as a host that is cut off.
    /// </summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>Ends all its processes at once, as a power cut does; the data is kept as it is.</summary>
    public void Kill()
    {
        var main = int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using (var process = Process.GetProcessById(main))
        {
            process.Kill(entireProcessTree: true);
        }

        Stop(); // its shell waits for it
    }

    public void Dispose()
    {
        if (_server is null)
        {
            Start(); // only its own user may remove the data
        }

        _server!.StandardInput.Close();
        _server.WaitForExit();
        _server.Dispose();
    }

    private void Signal(string signal)
    {
        var main = File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First();
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {main} $(ps -o pid= --ppid {main})"]);
        kill.WaitForExit();
    }

    private static bool Answers(string connectionString)
    {
        try
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static Process Shell(string script, params string[] arguments)
    {
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups"] : [];
        string[] command = [.. user, "sh", "-c", script, Programs!, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        })!;
    }

    // The user of Debian's package; where the programs came another way, nobody.
    private static string User { get; } =
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    private static string Group => User == "nobody" ? "nogroup" : User;

    // Debian keeps them out of PATH, a folder a version.
    private static string? FindPrograms() =>
        Enumerable.Range(15, 15)
            .Reverse()
            .Select(version => $"/usr/lib/postgresql/{version}/bin")
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
