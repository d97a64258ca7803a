using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Profile;

namespace LoanRisk.Reports.Diagnosis;

/// <summary>How quickly ingest and training run here, whether the data is sound, and what the program is made of.</summary>
public sealed record DiagnosisReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Version of this program.</summary>
    public required string Program { get; init; }

    /// <summary>Processors it may use.</summary>
    public required int Processors { get; init; }

    /// <summary>The work that was timed.</summary>
    public required IReadOnlyList<Timing> Timings { get; init; }

    /// <summary>File or data version.</summary>
    public required string Data { get; init; }

    /// <summary>Rows that can be used.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them turned bad.</summary>
    public required int BadRows { get; init; }

    /// <summary>Rows that cannot be used.</summary>
    public required int RowsNotUsable { get; init; }

    /// <summary>Share of cells without a value.</summary>
    public required double MissingShare { get; init; }

    /// <summary>What an analyst should look at.</summary>
    public required IReadOnlyList<ProfileWarning> Warnings { get; init; }

    /// <summary>Part files of the ingested data; empty for a file.</summary>
    public required IReadOnlyList<PartHealth> Parts { get; init; }

    /// <summary>Packages the program is made of.</summary>
    public required IReadOnlyList<PackageLine> Packages { get; init; }

    /// <summary>The text of a JSON file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";
}
