using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRisk.Lending.Models;

/// <summary>The text of a <c>manifest.json</c>.</summary>
internal static class ManifestFile
{
    public const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        // The text is a file that people read, never part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    };

    public static string Write(ModelManifest manifest)
    {
        var sorted = manifest with
        {
            TrainedAt = manifest.TrainedAt.ToUniversalTime(),
            Parameters = Sorted(manifest.Parameters),
            Golden = manifest.Golden with { Values = Sorted(manifest.Golden.Values) },
            Files = Sorted(manifest.Files),
        };
        return JsonSerializer.Serialize(sorted, Options) + "\n";
    }

    public static ModelManifest Read(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(json, Options) ?? throw new JsonException("The file holds null.");
            CheckNumbers(manifest);
            return manifest;
        }
        catch (JsonException exception)
        {
            throw new ModelPackageException(
                Name, $"It cannot be read. {exception.Message} Train the model again, or restore the file.", exception);
        }
    }

    private static void CheckNumbers(ModelManifest manifest)
    {
        if (manifest.Rows < 1 || manifest.BadRows < 0 || manifest.BadRows > manifest.Rows)
        {
            throw new JsonException(
                $"rows is {manifest.Rows} and badRows {manifest.BadRows}; there must be rows, and at most all of them bad.");
        }

        if (!IsSha256(manifest.DataSha256) || !manifest.Files.Values.All(IsSha256))
        {
            throw new JsonException("dataSha256 and the values of files must be SHA-256 sums, 64 hexadecimal digits in lower case.");
        }
    }

    private static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> map)
    {
        var sorted = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in map)
        {
            sorted.Add(name, value);
        }

        return sorted;
    }
}
