using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRisk.Web.Problems;

/// <summary>How the API writes JSON: camel case, names for enumerations, "10+ years" readable as it is.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Written();

    /// <summary>Has the server's own options write the same, from which the API's document is made.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // an answer is JSON by its type and by nosniff, never part of a page
        options.NumberHandling = JsonNumberHandling.Strict; // a number is never written as a text
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    private static JsonSerializerOptions Written()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
