using System.Net;
using System.Text.Json;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Hosting.Logs;
using LoanRisk.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Hosting.Logs;

public sealed class GuardedLoggingTests
{
    private const string Secret = "Ann Example, income 41000";

    [Theory]
    [InlineData("plain text, with ümlauts and 😀", "plain text, with ümlauts and 😀")]
    [InlineData("one\r\ntwo\tthree", @"one\r\ntwo\tthree")]
    [InlineData("\u001b[2J\u0000\u007f\u0085", @"\u001B[2J\u0000\u007F\u0085")]
    [InlineData("line\u2028paragraph\u2029", @"line\u2028paragraph\u2029")]
    [InlineData("\u202eturned\u2066", @"\u202Eturned\u2066")]
    public void What_would_break_a_line_or_move_the_cursor_is_written_out(string text, string shown) =>
        Assert.Equal(shown, LogText.Escape(text));

    [Fact]
    public void Half_a_pair_is_written_out() => Assert.Equal(@"half \uD83D a pair \uDE00", LogText.Escape("half \ud83d a pair \ude00"));

    [Fact]
    public void Every_provider_gets_every_line_guarded()
    {
        var (first, second) = (new LogLines(), new LogLines());
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(first).AddProvider(second))
            .AddGuarded()
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<GuardedLoggingTests>>();

#pragma warning disable CA1848, CA2254 // as careless callers do it
        logger.LogError(
            new FormatException($"'{Secret}' is no number", new JsonException(Secret)),
            "Product {Product} failed",
            "a\nERROR forged\u001b[2J");
        logger.LogWarning("literal\nbreak");
#pragma warning restore CA1848, CA2254

        foreach (var lines in new[] { first.Lines, second.Lines })
        {
            Assert.StartsWith(
                @"Product a\nERROR forged\u001B[2J failed System.FormatException ---> System.Text.Json.JsonException",
                lines.First(),
                StringComparison.Ordinal);
            Assert.StartsWith(@"literal\nbreak", lines.Last(), StringComparison.Ordinal);
            Assert.All(lines, line => Assert.DoesNotContain("Ann", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_speaks_of_the_machine_keeps_its_words()
    {
        var lines = new LogLines();
        using var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(lines)).AddGuarded().BuildServiceProvider();

#pragma warning disable CA1848
        services.GetRequiredService<ILogger<GuardedLoggingTests>>().LogError(
            new IOException("No space left on device\n: '/data/loanrisk.db'"), "Not stored.");
#pragma warning restore CA1848

        Assert.Contains(
            @"System.IO.IOException: No space left on device\n: '/data/loanrisk.db'", Assert.Single(lines.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/boom")]
    [InlineData("/boom")]
    public async Task A_defect_over_what_was_sent_is_logged_without_what_was_sent(string address)
    {
        var lines = new LogLines();
        await using var site = new LoanRiskSite
        {
            Replace = services => services.AddSingleton<ILoggerProvider>(lines).AddSingleton<IStartupFilter, FailingOverTheBody>(),
        };

        using var response = await site.CreateClient().PostText(address, Secret + "\r\nINFO: forged\u001b[31m", "application/json");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var line = Assert.Single(lines.Lines, line => line.Contains("System.FormatException", StringComparison.Ordinal));
        Assert.Contains(nameof(FailingOverTheBody), line, StringComparison.Ordinal); // the place
        Assert.All(lines.Lines, each => Assert.DoesNotContain("Ann", each, StringComparison.Ordinal));
        Assert.All(lines.Lines, each => Assert.DoesNotContain("forged", each, StringComparison.Ordinal));
    }

    /// <summary>Fails inside the pipeline with a message that quotes the body.</summary>
    private sealed class FailingOverTheBody : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Run(
                async context =>
                    throw new FormatException(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)));
        };
    }
}

file static class Guarding
{
    public static IServiceCollection AddGuarded(this IServiceCollection services)
    {
        services.AddGuardedLogging();
        return services;
    }
}
