using LoanRisk.Web.Texts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoanRisk.Web.Hosting.Logs;

/// <summary>
/// Stands between everybody who logs and every provider, so that no line of any log can be broken, forged or made to move a terminal's
/// cursor by what somebody sent, and no failure carries what was sent into it.
/// </summary>
internal static class GuardedLogging
{
    // What the framework writes there below this level quotes addresses, queries and arguments, whatever the settings ask for.
    private static readonly (string Category, LogLevel Least)[] Quoting =
        [
            ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning), ("Microsoft.AspNetCore.Routing", LogLevel.Information),
            ("Microsoft.AspNetCore.Mvc", LogLevel.Information),
        ];

    /// <summary>Guards the program's loggers, whatever providers there are.</summary>
    public static void AddGuardedLogging(this IServiceCollection services)
    {
        services.TryAddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, GuardedFactory>());
    }

    internal sealed class GuardedFactory(LoggerFactory factory) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

        public ILogger CreateLogger(string categoryName) => new GuardedLogger(
            factory.CreateLogger(categoryName),
            Quoting.FirstOrDefault(each => categoryName.StartsWith(each.Category, StringComparison.Ordinal)).Least);

        public void Dispose() => factory.Dispose();
    }

    private sealed class GuardedLogger(ILogger logger, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(new GuardedScope(state));

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logger.Log(
                    logLevel,
                    eventId,
                    state,
                    exception is null ? null : new LoggedException(exception),
                    (words, error) => LogText.Escape(formatter(words, error)));
            }
        }
    }

    /// <summary>A scope as providers read it: its text, or its names and values.</summary>
    private sealed class GuardedScope(object state) : List<KeyValuePair<string, object?>>(Values(state))
    {
        public override string ToString() => LogText.Escape(state.ToString() ?? "");

        private static IEnumerable<KeyValuePair<string, object?>> Values(object state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values
            ? values.Select(
                value => new KeyValuePair<string, object?>(value.Key, value.Value is string text ? LogText.Escape(text) : value.Value))
            : [];
    }
}
