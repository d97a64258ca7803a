using System.IO.Compression;
using System.Text;
using LoanRisk.MLNet.Zip;

namespace LoanRisk.Tests.MLNet.Zip;

/// <summary>Zips that must not reach ML.NET's loader.</summary>
public sealed class ZipGuardTests
{
    private static readonly byte[] Sound = ZipCase.Of(
        Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_earlystop")).Zip();

    public static TheoryData<string> OddNames =>
        ["../up.txt", "/root.txt", "a/../../b", "a//b", "C:/x", "..\\up", "a/./b", "x\0y", "..", new string('n', 600)];

    [Fact]
    public void A_zip_of_the_writers_passes_as_it_is()
    {
        var entries = ZipGuard.Open(Sound, ZipGuard.OwnLoaders);

        Assert.Equal(StoredZip.Entries(new MemoryStream(Sound)).Select(entry => entry.Name), entries.Select(entry => entry.Name));
        Assert.Equal(Sound, StoredZip.Write(entries));
    }

    [Theory]
    [MemberData(nameof(OddNames))]
    public void A_name_that_leaves_the_zip_is_refused(string name) =>
        Refused(Packed((name, new byte[3])), "names stand once and stay within the zip");

    [Fact]
    public void A_name_that_stands_twice_is_refused() => Refused(Packed(("a", new byte[1]), ("A", new byte[1])), "names stand once");

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = Packed([.. Enumerable.Range(0, 12).Select(i => ($"zeros{i}", new byte[8 << 20]))]);
        Assert.True(bomb.Length < 1 << 20);
        var before = GC.GetTotalAllocatedBytes();

        Refused(bomb, "when unpacked");

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8L * ZipGuard.LargestZip);
    }

    [Fact]
    public void A_size_that_is_a_lie_unpacks_no_more_than_it_says()
    {
        var zip = Packed(("zeros", new byte[80 << 20]));
        // The directory says that the file has 3 bytes.
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 3);

        Assert.Equal(3, Assert.Single(ZipGuard.Open(zip, ZipGuard.OwnLoaders)).Content.Length);
    }

    [Fact]
    public void Too_many_files_and_too_many_bytes_are_refused()
    {
        Refused(
            StoredZip.Write(Enumerable.Range(0, ZipGuard.MostEntries + 1).Select(i => new ZipEntry($"{i}", ReadOnlyMemory<byte>.Empty))),
            "at most 4096");
        Refused(new byte[ZipGuard.LargestZip + 1], "at most 67108864 are read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("not a zip at all, but a text that is long enough to be one")]
    public void What_is_no_zip_is_refused(string content) => Refused(Encoding.ASCII.GetBytes(content), "is no zip of ML.NET's");

    [Fact]
    public void A_loader_that_is_not_known_is_refused() =>
        Refused(Changed("TransformerChain", "OnnxTransform\0\0\0"), "is of the type \"OnnxTransform\"; known are");

    [Fact]
    public void An_assembly_that_is_not_ML_NETs_is_refused() =>
        Refused(Changed("Microsoft.ML.LightGbm", "MicroSoft.Evil.Loader", Encoding.Unicode), "is of the assembly \"MicroSoft.Evil.Loader");

    [Fact]
    public void A_component_without_a_header_is_refused() =>
        Refused(StoredZip.Write([new ZipEntry("TransformerChain/Model.key", new byte[300])]), "has no header of ML.NET's");

    [Fact]
    public void A_huge_count_in_the_trees_is_refused_before_ML_NET_makes_an_array_of_it()
    {
        var refused = 0;
        var trees = StoredZip.Entries(new MemoryStream(Sound)).Single(
            entry => entry.Name.EndsWith("Predictor/Model.key", StringComparison.Ordinal));
        var before = GC.GetTotalAllocatedBytes();
        for (var place = 0x100; place < 0x100 + 4000; place++)
        {
            var content = trees.Content.ToArray();
            BitConverter.TryWriteBytes(content.AsSpan(place), int.MaxValue);
            refused += Record.Exception(() => TreesEntry.Check(trees with { Content = content }, "LightGBMBinaryExec")) switch
            {
                ZipRefusedException => 1,
                null => 0,
                var other => throw other,
            };
        }

        // Most other places hold numbers, of which any will do.
        Assert.InRange(refused, 100, 3999);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4200L * (trees.Content.Length + 4000));
    }

    [Fact]
    public void Every_cut_of_a_zip_is_refused()
    {
        for (var length = 0; length < Sound.Length; length += 997)
        {
            Assert.Throws<ZipRefusedException>(() => ZipGuard.Open(Sound.AsMemory(0, length), ZipGuard.OwnLoaders));
        }
    }

    [Fact]
    public void Binary_data_that_is_packed_within_is_bounded_too()
    {
        var data = DataView(new byte[100 << 20]);
        Assert.True(data.Length < 1 << 20);

        Refused(StoredZip.Write([new ZipEntry("Schema", data)]), "bytes when unpacked");
    }

    [Fact]
    public void Every_changed_byte_of_binary_data_is_refused_or_read_within_the_limits()
    {
        var data = DataView("some content that is packed"u8.ToArray());
        for (var place = 24; place < data.Length; place++)
        {
            foreach (var value in new byte[] { 0, 0x7F, 0x80, 0xFF })
            {
                var changed = data.ToArray();
                changed[place] = value;
                try
                {
                    Assert.InRange(PlainDataView.Rewrite(changed, 1 << 16).Length, 256, 1 << 17);
                }
                catch (InvalidDataException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            }
        }
    }

    private static void Refused(byte[] zip, string said) =>
        Assert.Contains(
            said, Assert.Throws<ZipRefusedException>(() => ZipGuard.Open(zip, ZipGuard.OwnLoaders)).Message, StringComparison.Ordinal);

    private static byte[] Changed(string word, string other, Encoding? encoding = null)
    {
        var (from, to) = ((encoding ?? Encoding.ASCII).GetBytes(word), (encoding ?? Encoding.ASCII).GetBytes(other));
        Assert.Equal(from.Length, to.Length);
        return StoredZip.Write(StoredZip.Entries(new MemoryStream(Sound)).Select(entry =>
        {
            var content = entry.Content.ToArray();
            if (entry.Name.EndsWith("Model.key", StringComparison.Ordinal) && content.AsSpan().IndexOf(from) is >= 0 and var place)
            {
                to.CopyTo(content, place);
            }

            return entry with { Content = content };
        }));
    }

    // One column of one packed block, as ML.NET's BinarySaver lays it out.
    private static byte[] DataView(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        using var data = new MemoryStream();
        using var writer = new BinaryWriter(data);
        writer.Write(new byte[256]);
        writer.Write(packed.ToArray());
        var lookups = data.Position;
        writer.Write(256L);
        writer.Write((int)packed.Length);
        writer.Write(content.Length);
        var toc = data.Position;
        writer.Write("Key");
        writer.Write("Byte");
        writer.Write7BitEncodedInt(0);
        writer.Write((byte)1);
        writer.Write7BitEncodedInt(content.Length);
        writer.Write(lookups);
        writer.Write(0L);
        var tail = data.Position;
        writer.Write(0x434D4C0044564200UL);
        data.Position = 0;
        foreach (var word in new[] { 0x00425644004C4D43, 0x0001000100010006, 0x0001000100010006, toc, tail, 1 })
        {
            writer.Write(word);
        }

        writer.Write(1);
        return data.ToArray();
    }

    private static byte[] Packed(params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }
}
