using System.Globalization;
using LoanRisk.Lending.Applications;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Settings;

/// <summary>Binds settings to options and ends the start, in one go, over all that cannot be used.</summary>
internal static class SettingsFeature
{
    private const string OwnSection = "LoanRisk";

    // What earlier versions knew, and what takes its place.
    private static readonly Dictionary<string, string> Gone = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LoanRisk:Api:Operations"] = "give the program a key with the scopes it needs, at /admin/keys or with loanrisk keys create",
        ["LoanRisk:Models:ReadOnly"] = "give whoever promotes models the role manager, at /admin/people or with loanrisk people add",
    };

    /// <summary>Lets the settings that an options type declares be configured, and be known.</summary>
    public static void AddSettings<T>(this WebApplicationBuilder builder)
        where T : class
    {
        builder.Services.AddOptions<T>().Configure<IConfiguration>(Fill).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<T>, SettingsValidation<T>>();
        builder.Services.AddSingleton(new KnownSettings(Setting.Of(typeof(T))));
    }

    /// <summary>
    /// The options as configured, for what is decided before the program is built. <see cref="CheckSettings"/> refuses what is wrong in
    /// them.
    /// </summary>
    public static T ReadSettings<T>(this IConfiguration configuration)
        where T : class, new()
    {
        var options = new T();
        Fill(options, configuration);
        return options;
    }

    /// <summary>Checks every setting before anything is opened.</summary>
    /// <exception cref="StartException">One or more settings cannot be used, or are none; a sentence each.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        string[] problems = [.. Unusable(app.Services.GetRequiredService<IStartupValidator>()), .. Unknown(app)];
        if (problems.Length > 0)
        {
            throw new StartException(string.Join(' ', problems));
        }
    }

    private static void Fill<T>(T options, IConfiguration configuration)
        where T : class
    {
        foreach (var setting in Setting.Of(typeof(T)))
        {
            setting.Fill(options, configuration);
        }
    }

    private static IEnumerable<string> Unusable(IStartupValidator validator)
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
        }
    }

    private static IEnumerable<string> Unknown(WebApplication app)
    {
        var known = app.Services.GetServices<KnownSettings>()
            .SelectMany(some => some.Settings)
            .Select(setting => setting.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from setting in app.Configuration.GetSection(OwnSection).AsEnumerable()
               where setting.Key != OwnSection
                   && !string.IsNullOrWhiteSpace(setting.Value)
                   && !known.Contains(setting.Key)
                   && !known.Contains(ListName(setting.Key))
               select Gone.TryGetValue(setting.Key, out var instead)
                   ? $"{setting.Key} is no setting any more; {instead}, and take the setting away."
                   : $"{setting.Key} is not a setting; {Meant(setting.Key, known)}.";
    }

    // LoanRisk:Proxies:0 is an entry of LoanRisk:Proxies.
    private static string ListName(string key) =>
        key.LastIndexOf(':') is > 0 and var end && int.TryParse(key.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? key[..end]
            : key;

    private static string Meant(string key, HashSet<string> known)
    {
        string[] own = [.. known.Where(name => name.StartsWith(OwnSection + ':', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return NearestName.Find(key, own) is { } near ? $"{near} is probably meant" : $"allowed are {string.Join(", ", own)}";
    }

    private sealed record KnownSettings(IReadOnlyList<Setting> Settings);

    private sealed class SettingsValidation<T>(IConfiguration configuration) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            string[] problems = [.. Setting.Of(typeof(T)).Select(setting => setting.Problem(configuration)).OfType<string>()];
            return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
