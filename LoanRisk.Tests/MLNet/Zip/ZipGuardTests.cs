using System.IO.Compression;
using System.Text;
using LoanRisk.MLNet.Zip;

namespace LoanRisk.Tests.MLNet.Zip;

/// <summary>Zips that must not reach ML.NET's loader.</summary>
public sealed class ZipGuardTests
{
    private static readonly byte[] Sound = ZipCase.Of(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_earlystop")).Zip();

    public static TheoryData<string> OddNames => ["../up.txt", "/root.txt", "a/../../b", "a//b", "C:/x", "..\\up", "a/./b", "x\0y", "..", new string('n', 600)];

    [Fact]
    public void A_zip_of_the_writers_passes_as_it_is()
    {
        var entries = ZipGuard.Open(Sound, ZipGuard.OwnLoaders);

        Assert.Equal(StoredZip.Entries(new MemoryStream(Sound)).Select(entry => entry.Name), entries.Select(entry => entry.Name));
        Assert.Equal(Sound, StoredZip.Write(entries));
    }

    [Theory]
    [MemberData(nameof(OddNames))]
    public void A_name_that_leaves_the_zip_is_refused(string name) => Refused(Packed((name, new byte[3])), "names stand once and stay within the zip");

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
        Refused(StoredZip.Write(Enumerable.Range(0, ZipGuard.MostEntries + 1).Select(i => new ZipEntry($"{i}", ReadOnlyMemory<byte>.Empty))), "at most 4096");
        Refused(new byte[ZipGuard.LargestZip + 1], "at most 67108864 are read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("not a zip at all, but a text that is long enough to be one")]
    public void What_is_no_zip_is_refused(string content) => Refused(Encoding.ASCII.GetBytes(content), "is no zip");

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
    public void Every_cut_of_a_zip_is_refused()
    {
        for (var length = 0; length < Sound.Length; length += 997)
        {
            Assert.Throws<ZipRefusedException>(() => ZipGuard.Open(Sound.AsMemory(0, length), ZipGuard.OwnLoaders));
        }
    }

    private static void Refused(byte[] zip, string said) =>
        Assert.Contains(said, Assert.Throws<ZipRefusedException>(() => ZipGuard.Open(zip, ZipGuard.OwnLoaders)).Message, StringComparison.Ordinal);

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
