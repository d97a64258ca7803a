using LoanRisk.Store;
using Npgsql;

namespace LoanRisk.Tests.Store;

/// <summary>Addresses of databases as platforms set them.</summary>
public sealed class DatabaseUrlTests
{
    private const string Secret = "s3cr%3Ft"; // s3cr?t

    [Fact]
    public void An_address_is_read_with_what_is_escaped_in_it()
    {
        var settings = DatabaseUrl.Parse($"postgres://ann%40bank:{Secret}@db.example:5433/loan%20risk?sslmode=verify-full", "DATABASE_URL");

        Assert.Equal(("db.example", 5433, "loan risk"), (settings.Host, settings.Port, settings.Database));
        Assert.Equal(("ann@bank", "s3cr?t", SslMode.VerifyFull), (settings.Username, settings.Password, settings.SslMode));
    }

    [Fact]
    public void What_is_left_out_has_the_usual_value()
    {
        var settings = DatabaseUrl.Parse("postgresql://ann@[::1]/loans", "DATABASE_URL");

        Assert.Equal(("::1", 5432, null), (settings.Host, settings.Port, settings.Password));
    }

    [Theory]
    [InlineData("mysql://ann:s3cr%3Ft@db/loans", "X is not the address of a PostgreSQL database; allowed is postgres://")]
    [InlineData("Host=db;Password=s3cr?t", "X is not the address of a PostgreSQL database")]
    [InlineData("postgres://ann:s3cr%3Ft@db", "X names no database")]
    [InlineData("postgres://:s3cr%3Ft@db/loans", "X names no user")]
    [InlineData("postgres://ann:s3cr%3Ft@db/loans?sslmode=maybe", "sslmode=maybe; allowed are disable")]
    [InlineData("postgres://ann:s3cr%3Ft@db/loans?pool_size=many", "pool_size=many; allowed is a whole number")]
    [InlineData("postgres://ann:s3cr%3Ft@db/loans?colour=red", "\"colour\"; allowed are application_name, connect_timeout")]
    public void What_is_no_address_is_refused_and_its_password_is_not_shown(string url, string why)
    {
        var error = Assert.Throws<StoreException>(() => DatabaseUrl.Parse(url, "X"));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(" ", "", null)]
    [InlineData("sqlite", "postgres://ann@platform/loans", null)]
    [InlineData(null, "postgres://ann@platform/loans", "platform:5432/loans (DATABASE_URL)")]
    [InlineData("postgres://ann@own/loans", "postgres://ann@platform/loans", "own:5432/loans (LOANRISK_DATABASE)")]
    public void The_own_variable_goes_before_the_platforms_and_can_say_sqlite(string? own, string? platforms, string? used)
    {
        using var server = PostgresServer.Named(own, platforms);

        Assert.Equal(used, server is null ? null : $"{server.Shown} ({server.Origin})");
    }
}
