using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using LoanRisk.MLNet.Reading;
using LoanRisk.Pipeline;
using LoanRisk.MLNet.Zip;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.MLNet.Reading;

/// <summary>Zips that mean harm, or are broken: one sentence each, in bounded time and memory, and nothing in them is run.</summary>
[Slow]
public sealed class HostileZipTests(ForeignData foreign) : IClassFixture<ForeignData>
{
    private static byte[]? _good;

    private byte[] Good => _good ??= ForeignZip.Make(foreign.File, ForeignZip.FastTree());

    public static TheoryData<string, string> Kinds => new()
    {
        { "empty", "no zip of ML.NET's, or a damaged one" },
        { "text", "no zip of ML.NET's, or a damaged one" },
        { "begins as a zip", "no zip of ML.NET's, or a damaged one" },
        { "cut in half", "no zip of ML.NET's, or a damaged one" },
        { "cut at its end", "no zip of ML.NET's, or a damaged one" },
        { "path up", "names stand once and stay within the zip" },
        { "path from the root", "names stand once and stay within the zip" },
        { "a name twice", "names stand once and stay within the zip" },
        { "bomb", "bytes when unpacked" },
        { "ten thousand files", "at most 4096 are read" },
        { "another type", "is of the type \"CustomTransformer\"" },
        { "another assembly", "only ML.NET's own are loaded" },
        { "no header", "has no header of ML.NET's" },
        { "no model", "ML.NET cannot load the zip" },
        { "no schema", "has no schema of the model's input" },
        { "a cut component", "" },
        { "a bomb in the schema", "bytes when unpacked" },
        { "a schema of a million million rows", "or a damaged one" },
        { "a schema that points beyond itself", "or a damaged one" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_refused_with_a_sentence_and_soon(string kind, string sentence)
    {
        var zip = Make(kind);
        var (watch, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes(precise: true));

        var refusal = Assert.Throws<InvalidInputException>(() => Import(zip));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 2L << 30);
    }

    [Fact]
    public void Counts_beyond_all_memory_are_refused()
    {
        var name = Trees();
        var content = ZipBytes.Entries(Good)[name];
        for (var place = 0x100; place < 0x1A0; place += 4)
        {
            var wrong = content.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(wrong.AsSpan(place), int.MaxValue);

            Survives(ZipBytes.With(Good, name, _ => wrong));
        }

        Assert.True(Environment.WorkingSet < 4L << 30);
    }

    [Fact]
    public void A_zip_that_ML_NET_does_not_finish_with_is_refused_in_time()
    {
        var refusal = Assert.Throws<ZipRefusedException>(() => ZipModel.Open(Good, TimeSpan.FromMilliseconds(1)));

        Assert.Contains("ML.NET cannot load the zip within 0.001 seconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_of_all_other_components_are_refused_or_harmless()
    {
        var entries = ZipBytes.Entries(Good);
        foreach (var name in entries.Keys.Where(key => key.EndsWith("Model.key", StringComparison.Ordinal) && key != Trees()))
        {
            for (var place = 0x100; place < Math.Min(entries[name].Length - 4, 0x140); place += 12)
            {
                Survives(ZipBytes.With(Good, name, content => WithNumber(content, place, int.MaxValue)));
            }
        }
    }

    [Fact]
    public void Zips_with_a_few_bytes_changed_are_read_or_refused()
    {
        var random = new Random(5);
        var entries = ZipBytes.Entries(Good);
        string[] names = [.. entries.Keys.Where(key => entries[key].Length > 40)];
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var name = i % 6 > 0 ? Trees() : names[random.Next(names.Length)];
            refused += Survives(ZipBytes.With(Good, name, content =>
            {
                var wrong = content.ToArray();
                for (var change = 0; change < 3; change++)
                {
                    wrong[random.Next(wrong.Length)] = (byte)random.Next(256);
                }

                return wrong;
            })) ? 0 : 1;
        }

        Assert.InRange(refused, 10, 59);
    }

    private static bool Survives(byte[] zip)
    {
        try
        {
            ZipModel.Open(zip, TimeSpan.FromSeconds(2)).Read(
                ProductColumns.Of(PeerLoan.Product), ZipModelTests.Sources, MissingValues.Repaired);
            return true;
        }
        catch (Exception e) when (e is ZipRefusedException or UntellableModelException)
        {
            return false;
        }
    }

    private void Import(byte[] zip) => ImportedZip.Open(PeerLoan.Product, zip, MissingChoice.Repaired, foreign.Rows);

    private string Trees() => ZipBytes.Entries(Good)
        .Single(entry => Encoding.Latin1.GetString(entry.Value).Contains("FastTreeBinaryExec", StringComparison.Ordinal)
            && !Encoding.Latin1.GetString(entry.Value).Contains("CaliPredExec", StringComparison.Ordinal)).Key;

    private byte[] Make(string kind) => kind switch
    {
        "empty" => [],
        "text" => "tree\nversion=v4\n"u8.ToArray(),
        "begins as a zip" => [.. "PK\u0003\u0004"u8, .. new byte[300]],
        "cut in half" => Good[..(Good.Length / 2)],
        "cut at its end" => Good[..^10],
        "path up" => ZipBytes.Zip([.. ZipBytes.Entries(Good), new("../../escaped.txt", [1])]),
        "path from the root" => ZipBytes.Zip([.. ZipBytes.Entries(Good), new("/escaped.txt", [1])]),
        "a name twice" => ZipBytes.Zip([.. ZipBytes.Entries(Good), .. ZipBytes.Entries(Good).Take(1)]),
        "bomb" => ZipBytes.Zip([.. ZipBytes.Entries(Good), new("zeros", new byte[200_000_000])]),
        "ten thousand files" => ZipBytes.Zip(Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"{i}", new byte[1]))),
        "another type" => ZipBytes.With(Good, Trees(), content => Written(content, 0x50, "CustomTransformer\0\0\0\0\0\0\0")),
        "another assembly" => ZipBytes.With(Good, Trees(), content => OtherAssembly(content)),
        "no header" => ZipBytes.With(Good, Trees(), _ => new byte[500]),
        "no model" => ZipBytes.Zip(ZipBytes.Entries(Good).Where(entry => !entry.Key.EndsWith("Model.key", StringComparison.Ordinal))),
        "no schema" => ZipBytes.Zip(ZipBytes.Entries(Good).Where(entry => entry.Key != "Schema")),
        "a cut component" => ZipBytes.With(Good, Trees(), content => content[..(content.Length / 2)]),
        "a bomb in the schema" => ZipBytes.With(Good, "Schema", SchemaBomb),
        "a schema of a million million rows" => ZipBytes.With(Good, "Schema", content => WithNumber(content, 40, 1_000_000_000_000)),
        "a schema that points beyond itself" => ZipBytes.With(Good, "Schema", content => WithNumber(content, 24, content.Length + 5L)),
        _ => throw new ArgumentException(kind, nameof(kind)),
    };

    private static byte[] Written(byte[] content, int place, string text)
    {
        var changed = content.ToArray();
        Encoding.Latin1.GetBytes(text, changed.AsSpan(place));
        return changed;
    }

    private static byte[] WithNumber(byte[] content, int place, long number)
    {
        var changed = content.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(place), number);
        return changed;
    }

    private static byte[] WithNumber(byte[] content, int place, int number)
    {
        var changed = content.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(place), number);
        return changed;
    }

    private static byte[] OtherAssembly(byte[] content)
    {
        var start = (int)BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(0x90));
        var changed = content.ToArray();
        Encoding.Unicode.GetBytes("Evil.Program", changed.AsSpan(start));
        return changed;
    }

    // One column of text whose only block unpacks to 200 MB.
    private static byte[] SchemaBomb(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[200_000_000]);
        }

        using var made = new MemoryStream();
        using var writer = new BinaryWriter(made);
        writer.Write(content.AsSpan(0, 256));
        var block = made.Position;
        writer.Write(packed.ToArray());
        var lookup = made.Position;
        writer.Write(block);
        writer.Write((int)packed.Length);
        writer.Write(1_000);
        var toc = made.Position;
        writer.Write("column");
        writer.Write("TextSpan");
        writer.Write((byte)0);
        writer.Write((byte)1);
        writer.Write7BitEncodedInt(10);
        writer.Write(lookup);
        writer.Write(0L);
        var bytes = made.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), toc);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), 10);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(48), 1);
        return bytes;
    }
}
