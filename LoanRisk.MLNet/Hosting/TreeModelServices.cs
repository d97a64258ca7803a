using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LoanRisk.MLNet.Hosting;

/// <summary>Registers models with a program's services.</summary>
public static class TreeModelServices
{
    /// <summary>
    /// Registers a <see cref="TreeModelScorer{TIn}"/>, one for the whole program, under its name as a keyed service and, the last one
    /// registered for the type, without; and a health check of its name. The file is read when the scorer is first asked for.
    /// </summary>
    /// <typeparam name="TIn">A row.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The model's name.</param>
    public static TreeModelBuilder<TIn> AddTreeModel<TIn>(this IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var settings = new TreeModelSettings<TIn> { Name = name };
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(name, (provider, _) => Make(provider, settings));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<TreeModelScorer<TIn>>(name));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new TreeModelHealthCheck<TIn>(() => provider.GetRequiredKeyedService<TreeModelScorer<TIn>>(name)),
            failureStatus: null,
            tags: null));
        return new TreeModelBuilder<TIn>(settings);
    }

    private static TreeModelScorer<TIn> Make<TIn>(IServiceProvider provider, TreeModelSettings<TIn> settings) => settings.File is null
        ? throw new TreeModelException($"The model {settings.Name} has no file; say FromFile.")
        : new TreeModelScorer<TIn>(
            settings,
            provider.GetService<ILoggerFactory>()?.CreateLogger("LoanRisk.MLNet.Hosting") ?? NullLogger.Instance,
            provider.GetRequiredService<TimeProvider>());
}
