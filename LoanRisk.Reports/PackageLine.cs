using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace LoanRisk.Reports;

/// <summary>A package the program is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Installed">The version that runs.</param>
/// <param name="Listed">The version the packages file asks for; null for one that came with another package.</param>
public sealed record PackageLine(string Name, string Installed, string? Listed)
{
    /// <summary>Where the versions come from, and what they do not say.</summary>
    public const string Source =
        "Installed is what the program's dependency file names; latest known is the version in the packages file at the time of the "
        + "build. No registry was asked, so a newer one may exist.";

    /// <summary>The packages of the console, which are those of training too.</summary>
    public static IReadOnlyList<PackageLine> OfConsole() => Of(typeof(PackageLine).Assembly);

    /// <summary>The packages of a program and of all it is made of, those that are asked for by name first.</summary>
    public static IReadOnlyList<PackageLine> Of(Assembly program)
    {
        var listed = Listing();
        return [.. Installations(program).Select(p => new PackageLine(p.Name, p.Version, listed.GetValueOrDefault(p.Name)))
            .OrderBy(p => p.Listed is null).ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
    }

    // A program published as one file has no dependency file beside it: then nothing is known.
    private static List<(string Name, string Version)> Installations(Assembly program)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{program.GetName().Name}.deps.json");
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. file.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(l => l.Value.GetProperty("type").GetString() == "package")
            .Select(l => l.Name.Split('/', 2))
            .Select(l => (l[0], l[1]))];
    }

    private static Dictionary<string, string> Listing()
    {
        using var file = typeof(PackageLine).Assembly.GetManifestResourceStream("packages.props")!;
        return XDocument.Load(file)
            .Descendants("PackageVersion")
            .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);
    }
}
