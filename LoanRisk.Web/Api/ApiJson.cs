using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRisk.Web.Api;

/// <summary>How the API writes JSON: camel case, names for enumerations, "10+ years" readable as it is.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // an answer is JSON by its type and by nosniff, never part of a page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
