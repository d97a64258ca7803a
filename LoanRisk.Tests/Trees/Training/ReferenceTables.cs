using System.Runtime.InteropServices;
using System.Text.Json;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>The made-up reference tables with LightGBM's own figures (../shared/parity).</summary>
internal static class ReferenceTables
{
    /// <summary>LightGBM's entry for a table and an L2 regularization.</summary>
    public static JsonElement Entry(string name, double lambdaL2)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("parity", "reference.json")));
        return document.RootElement.EnumerateArray()
            .Single(e => e.GetProperty("table").GetString() == name && e.GetProperty("lambda_l2").GetDouble().Equals(lambdaL2)).Clone();
    }

    /// <summary>Reads the table an entry is about.</summary>
    public static LabelledRows Read(JsonElement entry)
    {
        var name = entry.GetProperty("table").GetString()!;
        var rows = entry.GetProperty("rows").GetInt32();
        var columns = entry.GetProperty("cols").GetInt32();
        var values = Floats(name + ".X.f32");
        return new LabelledRows(
            [.. Enumerable.Range(0, columns).Select(c => $"Column_{c}")],
            [.. Enumerable.Range(0, columns)
                .Select(c => Enumerable.Range(0, rows).Select(r => (double)values[(r * columns) + c]).ToArray())],
            Floats(name + ".y.f32"),
            [.. entry.GetProperty("categorical").EnumerateArray().Select(c => c.GetInt32())],
            [.. File.ReadAllBytes(SharedFolder.Require("parity", name + ".fold.u8")).Select(b => (int)b)]);
    }

    private static float[] Floats(string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedFolder.Require("parity", file))).ToArray();
}
