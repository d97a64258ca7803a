using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>
/// A policy by itself, as it is recorded: the same members as <c>policy</c> in a product file, always spelled the same way, so that equal
/// policies have equal hashes. What a product file may leave out is left out when it says nothing: a policy keeps its hash when a later
/// program knows more members.
/// </summary>
public static class PolicyFile
{
    private const string RecordedName = "the recorded policy";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text that is recorded.</summary>
    public static string Write(Policy policy)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            WriteMembers(json, policy);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>SHA-256 of what <see cref="Write"/> gives, hexadecimal in lower case.</summary>
    public static string HashOf(Policy policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(policy))));

    /// <summary>Reads a recorded policy.</summary>
    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="product">The product as it is now, whose features the knock-out rules look at.</param>
    /// <exception cref="ProductFileException">
    /// It cannot be applied to the product any more: a rule looks at a feature that is gone or has changed.
    /// </exception>
    public static Policy Read(string json, LoanProduct product)
    {
        using var document = JsonDocument.Parse(json);
        return PolicyReader.ReadRecorded(new JsonPlace(document.RootElement, "$", RecordedName), product.Features);
    }

    private static void WriteMembers(Utf8JsonWriter json, Policy policy)
    {
        json.WriteStartObject();
        json.WriteString("version", policy.Version);
        json.WriteNumber("approveBelow", policy.ApproveBelow);
        json.WriteNumber("declineFrom", policy.DeclineFrom);
        json.WriteString("baseline", policy.Baseline);
        json.WriteStartObject("costs");
        json.WriteNumber("badApproved", policy.CostOfBadApproved);
        json.WriteNumber("goodRefused", policy.CostOfGoodRefused);
        json.WriteEndObject();
        WriteWords(json, policy.Words);
        if (policy.ReferUnseen)
        {
            json.WriteString("unseen", "refer");
        }

        WriteRules(json, policy.KnockOuts);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, PolicyText words)
    {
        if (words == PolicyText.Usual)
        {
            return;
        }

        json.WriteStartObject("words");
        json.WriteString("approve", words.Approve);
        json.WriteString("refer", words.Refer);
        json.WriteString("decline", words.Decline);
        json.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter json, IReadOnlyList<KnockOut> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        json.WriteStartArray("knockOuts");
        foreach (var rule in rules)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter json, KnockOut rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("feature", rule.Feature);
        json.WriteString("when", KnockOutReader.NameOf(rule.Test));
        if (rule.Test == KnockOutTest.OneOf)
        {
            json.WriteStartArray("levels");
            foreach (var level in rule.Levels)
            {
                json.WriteStringValue(level);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNumber("value", rule.Value);
        }

        json.WriteString("reason", rule.Reason);
        json.WriteEndObject();
    }
}
