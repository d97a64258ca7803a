using LoanRisk.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresForTests))]

namespace LoanRisk.Tests.Postgres;

/// <summary>
/// The PostgreSQL server that tests share: the one that LOANRISK_TEST_POSTGRES names by its URL, else one that the first test to need it
/// starts; it is stopped after the last test.
/// </summary>
public sealed class PostgresForTests : IDisposable
{
    /// <summary>The URL of a server to take instead: postgres://user:password@host:port/database. Its user may create databases.</summary>
    public const string Variable = "LOANRISK_TEST_POSTGRES";

    private static readonly Lock Starting = new();

    private static PostgresProcess? _server;

    /// <summary>The URL of the shared server; skips the running test where there is none, which in CI is a failure.</summary>
    internal static string Require()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url)
        {
            return url;
        }

        lock (Starting)
        {
            return (_server ??= PostgresProcess.Create()).Url;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Starting)
        {
            _server?.Dispose();
            _server = null;
        }
    }
}
