using LoanRisk.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>SIGTERM before the site listens: the host cancels its own start, and says so by an exception.</summary>
[Slow]
public sealed class StopDuringStartTests
{
    [Fact]
    public async Task It_is_a_quiet_end()
    {
        await using var app = Build<StoppedAtItsStart>();

        await app.RunToTheEndAsync();
    }

    [Fact]
    public async Task A_failure_of_the_start_is_none()
    {
        await using var app = Build<FailingAtItsStart>();

        await Assert.ThrowsAsync<InvalidOperationException>(app.RunToTheEndAsync);
    }

    [Fact]
    public async Task Nor_is_a_cancellation_that_nobody_asked_for()
    {
        await using var app = Build<CancelledByItself>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(app.RunToTheEndAsync);
    }

    private static WebApplication Build<T>()
        where T : class, IHostedService
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<T>();
        return builder.Build();
    }

    private sealed class StoppedAtItsStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FailingAtItsStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("broken");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class CancelledByItself : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new OperationCanceledException();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
