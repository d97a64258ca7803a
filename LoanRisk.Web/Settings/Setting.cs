using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using LoanRisk.Web.Texts;

namespace LoanRisk.Web.Settings;

/// <summary>One setting: its property in the options of its feature, its name, and what is allowed.</summary>
internal sealed class Setting
{
    private const int LongestShown = 100;

    private static readonly MethodInfo ParseMethod = typeof(Setting).GetMethod(
        nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly PropertyInfo _property;

    private readonly SettingAttribute _words;

    private Setting(PropertyInfo property, SettingAttribute words) => (_property, _words) = (property, words);

    public string Name => _words.Name;

    /// <summary>All names that it goes by.</summary>
    public IEnumerable<string> Names => _words.Variable is { } variable ? [Name, variable] : [Name];

    /// <summary>The settings that an options type declares.</summary>
    public static IReadOnlyList<Setting> Of(Type options) =>
        [
            .. from property in options.GetProperties()
               let words = property.GetCustomAttribute<SettingAttribute>()
               where words is not null
               select new Setting(property, words)
        ];

    /// <summary>Puts the configured value into the options; one that is missing or not allowed leaves the default.</summary>
    public void Fill(object options, IConfiguration configuration)
    {
        if (TextIn(configuration) is { } text && Value(text) is { } value)
        {
            _property.SetValue(options, value);
        }
    }

    /// <summary>The sentence that refuses what is configured; null when it can be used.</summary>
    public string? Problem(IConfiguration configuration) => TextIn(configuration) is { } text && Value(text) is null
        ? $"{Name} is '{LogText.Shorten(text, LongestShown)}'; {_words.Allowed}."
        : null;

    // A list in a settings file is an array there and one text in an environment variable.
    private string? TextIn(IConfiguration configuration) =>
        Names.Select(name => TextOf(configuration, name)).FirstOrDefault(text => text is not null);

    private static string? TextOf(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection(name);
        var text = section.Value ?? string.Join(';', section.GetChildren().Select(child => child.Value));
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private object? Value(string text)
    {
        var type = Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;
        var value = ParseMethod.MakeGenericMethod(type).Invoke(null, [text]);
        return value is not null && _property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value)) ? value : null;
    }

    private static object? Parse<T>(string text) where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
