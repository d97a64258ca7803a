using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Pipeline.Jobs;

namespace LoanRisk.Web.Jobs;

/// <summary>A line of a child's output: news of a job, or a line for the log.</summary>
/// <param name="Kind">What kind of news.</param>
/// <param name="Text">What a log may hold of it.</param>
/// <param name="Job">Id of the job it is about.</param>
/// <param name="Share">The share of it that is done.</param>
internal sealed record WorkerMessage(JobNewsKind Kind, string Text, string? Job = null, double Share = 0)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string ToLine() => JsonSerializer.Serialize(this, Options);

    /// <summary>Null when the line is something else, such as what a native library prints.</summary>
    public static WorkerMessage? Read(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<WorkerMessage>(line, Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
