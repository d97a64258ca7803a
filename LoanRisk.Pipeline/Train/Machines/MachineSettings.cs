using System.Text;
using System.Text.Json;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>What all machines of a run must have been started with; secrets are never among it.</summary>
/// <param name="Rank">Who says it.</param>
/// <param name="Values">Names, as sentences name them, and values.</param>
internal sealed record MachineSettings(int Rank, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The text that goes to the other machine.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads the other machine's; null where it says something else.</summary>
    public static MachineSettings? Read(byte[] words)
    {
        try
        {
            return JsonSerializer.Deserialize<MachineSettings>(words) is { Values: not null } settings ? settings : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The first difference, as a sentence; null when there is none.</summary>
    /// <param name="other">What the other says.</param>
    /// <param name="name">What the other is called.</param>
    public string? Difference(MachineSettings other, string name)
    {
        var different = Values.Keys.Union(other.Values.Keys)
            .FirstOrDefault(key => Values.GetValueOrDefault(key) != other.Values.GetValueOrDefault(key));
        return different is null
            ? null
            : $"{different} is {Value(this)} here and {Value(other)} on {name}; all machines must train with the same.";

        string Value(MachineSettings settings) => settings.Values.TryGetValue(different!, out var value) ? value : "not given";
    }
}
