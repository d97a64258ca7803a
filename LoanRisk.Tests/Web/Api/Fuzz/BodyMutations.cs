using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>Ways to spoil a body: as JSON where it is some, as lines of CSV else, and as bytes.</summary>
internal static class BodyMutations
{
    /// <summary>Stands in many of the spoiled bodies; found in a log it tells that bodies are written there.</summary>
    public const string Canary = "canary5e4a9c";

    // Texts that take the place of a value of JSON.
    private static readonly string[] Values =
    [
        "null", "true", "{}", "[]", "\"\"", "\" \"", "0", "-0", "-1", "1e999", "-1e999", "1e-999", "1.7976931348623157e308", "5e-324",
        "9007199254740993", "0.1e+00001", "01", "1.", "+1", "NaN", "Infinity", "0x10", "'x'",
        "\"1e5\"", "\"0,5\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u001b[31m\\r\\nforged\"", "\"\u202E\uFEFF\u0301\"",
        "\"10+ years\"", "\"=1+1\"", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}",
        $"\"{Canary}\"", $"{{\"{Canary}\": 1}}", $"[\"{Canary}\"]", $"\"{new string('v', 5000)}\"", new string('9', 400), "\"9999-99-99\"",
        "\"0001-01-01\"", "\"tune\"", "\"train\"", "2147483648", "99999999999999999999",
    ];

    private static readonly Func<byte[], Random,
    byte[]>[] OfBytes =
    [
        Flip,
        Flip,
        CutOff,
        Insert,
        Repeat,
        (b, r) => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(b)),
        (b, r) => [0xEF, 0xBB, 0xBF, .. b],
        (b, r) => [],
        Large,
    ];

    private static readonly Func<string[], Random, IEnumerable<string>>[] OfLines =
    [
        (l, r) => l.Select(line => line.Replace(',', Mutations.Pick([';', '\t', '|', ' '], r))), (l, r) => l.Append(l[0]),
        (l, r) => l.Skip(1), (l, r) => l.Select(line => line + $",{Canary}"), (l, r) => l.Take(1),
        (l, r) => l.Append($"\"{Canary}"), (l, r) => l.Append(new string(',', 3000)), (l, r) => l.Append(new string('x', 70_000)),
        (l, r) => l.Select(line => line + "\r"), (l, r) => l.Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]),
        (l, r) => l.Prepend("sep=;"), (l, r) => l.Prepend(""),
        (l, r) => [$"{l[0]},{string.Join(',', Enumerable.Range(0, 2000))}", .. l.Skip(1)],
        (l, r) => l.Select((line, i) => i == 0 ? line : Cell(line, r)), (l, r) => l.Select((line, i) => i == 0 ? line : Cell(line, r)),
        (l, r) => [Cell(l[0], r), .. l.Skip(1)],
    ];

    public static byte[] Any(byte[] body, Random random)
    {
        if (body.Length == 0)
        {
            return random.Next(3) == 0 ? Encoding.UTF8.GetBytes($"a={Canary}&%zz") : body;
        }

        if (random.Next(4) == 0)
        {
            return Mutations.Pick(OfBytes, random)(body, random);
        }

        return Parse(body) is { } json
            ? Encoding.UTF8.GetBytes(OfJson(json, random))
            : Encoding.UTF8.GetBytes(string.Join('\n', Mutations.Pick(OfLines, random)(Encoding.UTF8.GetString(body).Split('\n'), random)));
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            var node = JsonNode.Parse(body);
            // A member that stands twice and half of a surrogate pair are found only now.
            _ = Objects(node).Count() + (node?.ToJsonString().Length ?? 0);
            return node;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string OfJson(JsonNode json, Random random) => random.Next(9) switch
    {
        0 => $"[{json.ToJsonString()}]",
        1 => new string('[', random.Next(1, 5000)) + new string(']', random.Next(1, 5000)),
        2 =>
            json is JsonArray
                ? $"[{string.Join(',', Enumerable.Repeat(Mutations.Pick(Values, random), random.Next(1, 1100)))}]"
                : $"{{{string.Join(',', Enumerable.Range(0, random.Next(1, 3000)).Select(i => $"\"f{i}\":{i}"))}}}",
        3 => Mutations.Pick(Values, random),
        4 => json.ToJsonString() + Mutations.Pick([" ", ",", "}", "null", "\0", "// x"], random),
        _ => OfMember(json, random),
    };

    /// <summary>One member of some object left out, doubled, renamed, or with another value.</summary>
    private static string OfMember(JsonNode json, Random random)
    {
        if (Objects(json).ToList() is not { Count: > 0 } objects || Mutations.Pick(objects, random) is not { Count: > 0 } chosen)
        {
            return Mutations.Pick(Values, random);
        }

        var name = Mutations.Pick([.. chosen.Select(member => member.Key)], random);
        var value = chosen[name]?.ToJsonString() ?? "null";
        chosen[name] = "@@";
        var found = $"{JsonSerializer.Serialize(name)}:\"@@\"";
        var text = json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return text.Replace(found, random.Next(6) switch
        {
            0 => "\"x\":1",
            1 => $"\"{name}\":{value},\"{name}\":{value}",
            2 => $"\"{name.ToUpperInvariant()}\":{value}",
            3 => $"\"{Mutations.Pick(["\\ud800", "", "\\u0000", Canary, new string('n', 5000), "__proto__"], random)}\":{value}",
            _ => $"\"{name}\":{Mutations.Pick(Values, random)}",
        }, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(member => Objects(member.Value)).Prepend(one),
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };

    private static string Cell(string line, Random random)
    {
        var cells = line.Split(',');
        cells[random.Next(cells.Length)] = Mutations.Pick(
            [
                "",
                " ",
                "NA",
                "-1",
                "1e999",
                "0,5",
                "\"",
                "\"\"",
                "a\"b",
                "\0",
                "\u00FC",
                "\uFFFD",
                "=cmd|' /C calc'!A0",
                Canary,
                new string('c', 2000),
                "99999999999999999999",
                "1\r2",
            ],
            random);
        return string.Join(',', cells);
    }

    private static byte[] Flip(byte[] body, Random random)
    {
        byte[] flipped = [.. body];
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        }

        return flipped;
    }

    private static byte[] CutOff(byte[] body, Random random) => body[..random.Next(body.Length)];

    private static byte[] Insert(byte[] body, Random random)
    {
        var at = random.Next(body.Length);
        var odd = new byte[random.Next(1, 40)];
        random.NextBytes(odd);
        return [.. body[..at], .. odd, .. Encoding.ASCII.GetBytes(Canary), .. body[at..]];
    }

    private static byte[] Repeat(byte[] body, Random random) => [.. Enumerable.Repeat(body, random.Next(2, 30)).SelectMany(b => b)];

    private static byte[] Large(byte[] body, Random random) =>
        Encoding.ASCII.GetBytes($"[\"{Canary}{new string('x', random.Next(60_000, random.Next(8) == 0 ? 1_500_000 : 90_000))}\"]");
}
