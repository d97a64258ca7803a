using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Store;
using LoanRisk.Store.Archives;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>What is damaged, or was made to do damage, is refused before anything is written.</summary>
[Slow]
public sealed class DamagedArchiveTests : IDisposable
{
    private const string Decisions = "tables/decisions.jsonl";

    private readonly TemporaryFolder _folder = new();

    private readonly SqliteStorage _target = new();

    private readonly byte[] _whole;

    public DamagedArchiveTests()
    {
        using var from = new SqliteStorage();
        Contents.FillModels(from.Folder, _folder);
        Archive.Backup(from.Folder, _folder["whole.zip"], DateTimeOffset.UnixEpoch);
        _whole = File.ReadAllBytes(_folder["whole.zip"]);
    }

    public void Dispose()
    {
        _target.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_single_bit_that_was_flipped_anywhere_is_found()
    {
        var random = new Random(1);
        int[] places =
        [
            .. Enumerable.Range(0, 64),
            .. Enumerable.Range(0, 150).Select(_ => random.Next(_whole.Length)),
            .. Enumerable.Range(1, 200).Select(back => _whole.Length - back),
        ];
        foreach (var place in places)
        {
            var changed = _whole.ToArray();
            changed[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_folder["changed.zip"], changed);
            AssertRefused("changed.zip", "is damaged");
        }
    }

    [Fact]
    public void One_that_was_cut_off_or_to_which_something_was_added_is_found()
    {
        var whole = _whole.Length;
        foreach (var length in (int[])[0, 1, 63, 64, 65, 1000, whole / 2, whole - 65, whole - 64, whole - 1])
        {
            File.WriteAllBytes(_folder["cut.zip"], _whole[..length]);
            AssertRefused("cut.zip", "is damaged");
        }

        File.WriteAllBytes(_folder["longer.zip"], [.. _whole, 0]);
        AssertRefused("longer.zip", "is damaged");
    }

    [Fact]
    public void Any_other_file_is_none()
    {
        File.WriteAllText(_folder["text.zip"], new string('x', 5000));
        AssertRefused("text.zip", "is not an archive of LoanRisk");
        AssertRefused("missing.zip", "cannot be read");
    }

    [Fact]
    public void Entries_that_the_manifest_does_not_name_are_refused()
    {
        AssertRefused(Forge(zip => Write(zip, "more.txt", "x")), "its entries are not those");
        AssertRefused(Forge(zip => Write(zip, "../../evil.xml", "x")), "its entries are not those");
        AssertRefused(Forge(zip => Write(zip, Decisions, "")), "its entries are not those");
        AssertRefused(Forge(zip => zip.GetEntry(Decisions)!.Delete()), "its entries are not those");
        AssertRefused(Forge(zip => zip.GetEntry("manifest.json")!.Delete()), "it has no manifest.json");
    }

    [Theory]
    [InlineData("../keys/key-1.xml")]
    [InlineData("/etc/passwd.xml")]
    [InlineData("keys/../../key-1.xml")]
    [InlineData("keys/key-1.xml/../../x.xml")]
    [InlineData("keys\\..\\..\\key-1.xml")]
    [InlineData("datasets/../parts/" + Hash + ".csv")]
    [InlineData("datasets/Peer/parts/" + Hash + ".csv")]
    [InlineData("loanrisk.db")]
    public void A_path_that_leads_elsewhere_is_refused(string path)
    {
        var name = Forge(zip =>
        {
            Write(zip, path, "");
            Manifest(
                zip,
                manifest => manifest["files"]!.AsArray().Add(new JsonObject { ["name"] = path, ["bytes"] = 0, ["sha256"] = Hash }));
        });

        AssertRefused(name, "which is neither a part of a data set nor a key of the forms");
    }

    [Fact]
    public void What_unpacks_to_more_than_the_manifest_says_is_not_unpacked_further()
    {
        AssertRefused(Forge(zip => Replace(zip, Key(zip), stream => Zeros(stream, 200))), "is not what manifest.json says");
        AssertRefused(Forge(zip => Replace(zip, "tables/jobs.jsonl", stream => Zeros(stream, 200))), "is longer than");
        AssertRefused(Forge(zip => Replace(zip, "manifest.json", stream => Zeros(stream, 200))), "manifest.json is longer than");
    }

    [Theory]
    [InlineData("tables/jobs.jsonl", "\"done\",1", "\"done\", 1", "spelled in another way")]
    [InlineData("tables/jobs.jsonl", "[\"done\",1", "[\"done\",\"1\"", "its column seq is not of the kind Whole")]
    [InlineData("tables/jobs.jsonl", "[\"done\",1", "\"done\",1", "is not an array of 16 values in JSON")]
    [InlineData("tables/jobs.jsonl", "[\"done\",1", "[\"done\",2", "is not what manifest.json says")]
    [InlineData("tables/trials.jsonl", "\"Infinity\"", "1e999", "spelled in another way")]
    [InlineData("manifest.json", "\"form\": 1", "\"form\": 2", "archives of form 2, and this LoanRisk")]
    [InlineData("manifest.json", "\"models\": 9", "\"models\": 10", "Restore it with LoanRisk")]
    [InlineData("manifest.json", "id text", "id whole", "tables/models.jsonl is not what manifest.json says")]
    [InlineData("manifest.json", "\"rows\": 3", "\"rows\": 4", "tables/jobs.jsonl is not what manifest.json says")]
    [InlineData("manifest.json", "\"rows\": 3", "\"rows\": -3", "tables/jobs.jsonl is not what manifest.json says")]
    [InlineData("manifest.json", "\"tables\": [", "\"tables\": null, \"x\": [", "manifest.json cannot be read")]
    public void What_was_changed_and_sealed_again_is_refused(string entry, string before, string after, string words) =>
        AssertRefused(
            Forge(zip =>
            {
                var text = Read(zip, entry);
                Assert.Contains(before, text);
                Replace(zip, entry, stream => stream.Write(Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal))));
            }),
            words);

    private const string Hash = "0000000000000000000000000000000000000000000000000000000000000000";

    private void AssertRefused(string name, string words)
    {
        var error = Assert.Throws<StoreException>(() => Archive.Restore(_folder[name], _target.Folder));

        Assert.Contains(words, error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_target.Folder.Path));
    }

    private string Forge(Action<ZipArchive> change)
    {
        var path = _folder["forged.zip"];
        File.WriteAllBytes(path, _whole);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            change(zip);
        }

        ArchiveSeal.Set(file);
        return "forged.zip";
    }

    private static string Key(ZipArchive zip) => zip.Entries.Single(e => e.FullName.StartsWith("keys/", StringComparison.Ordinal)).FullName;

    private static void Manifest(ZipArchive zip, Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(Read(zip, "manifest.json"))!;
        change(manifest);
        Replace(zip, "manifest.json", stream => stream.Write(Encoding.UTF8.GetBytes(manifest.ToJsonString())));
    }

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Replace(ZipArchive zip, string name, Action<Stream> write)
    {
        zip.GetEntry(name)!.Delete();
        using var entry = zip.CreateEntry(name).Open();
        write(entry);
    }

    private static void Zeros(Stream stream, int megabytes)
    {
        var zeros = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++)
        {
            stream.Write(zeros);
        }
    }
}
