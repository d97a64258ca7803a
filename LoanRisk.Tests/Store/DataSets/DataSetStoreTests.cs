using System.Security.Cryptography;
using System.Text;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Tests.Store.DataSets;

/// <summary>Files that join, and the versions that come of them, the same on both databases.</summary>
public abstract class DataSetStoreTests : IDisposable
{
    private const string Product = "peerloan";

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Storage _storage;

    private readonly DataSetStore _store;

    protected DataSetStoreTests(Storage storage)
    {
        _storage = storage;
        _store = DataSetStore.Open(storage.Folder);
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Each_part_makes_a_version_of_all_parts_so_far()
    {
        var first = Join("a.csv", "one\n");
        var second = Join("b.csv", "two\n");

        Assert.Equal([first, second], DataSetStore.Open(_storage.Folder).Versions(Product));
        Assert.Equal((2, 4L, 2L), (second.Version, second.Rows, second.BadRows));
        Assert.Equal(["one\n"], _store.Parts(first).Select(File.ReadAllText));
        Assert.Equal(["one\n", "two\n"], _store.Parts(second).Select(File.ReadAllText));
        Assert.Equal(["a.csv", "b.csv"], _store.Files(Product).Select(file => file.Name));
        Assert.Null(_store.Latest("other"));
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_kept_by_line()
    {
        RejectedRow[] rejected = [new(7, "\"x\" is no number"), new(3, "is empty")];
        Join("a.csv", "one\n", rejected);

        Assert.Equal([rejected[1], rejected[0]], _store.Rejected(Product, _store.Files(Product)[0].Sha256));
    }

    [Fact]
    public void What_no_database_can_hold_is_replaced()
    {
        Join("a\0.csv", "one\n", new RejectedRow(2, "\"\ud800\0\" is no number"));

        Assert.Equal("a\uFFFD.csv", _store.Files(Product)[0].Name);
        Assert.Equal("\"\uFFFD\uFFFD\" is no number", Assert.Single(_store.Rejected(Product, _store.Files(Product)[0].Sha256)).Cause);
    }

    [Fact]
    public void A_file_without_rows_is_remembered_and_makes_no_version()
    {
        Join("a.csv", "one\n");

        var after = _store.Join(FileOf("empty.csv", "header\n", part: null), "1", 0, []);

        Assert.Equal(1, after?.Version);
        Assert.Equal((2, null), (_store.Files(Product).Count, _store.Files(Product)[1].PartSha256));
    }

    [Fact]
    public void Only_one_at_a_time_joins_files_to_a_product()
    {
        using (_store.Lock(Product))
        {
            Assert.Contains("Another ingest of peerloan is running", Assert.Throws<StoreException>(() => _store.Lock(Product)).Message);
            using var other = _store.Lock("german-credit");
        }

        using var again = _store.Lock(Product);
    }

    private DataVersion Join(string name, string text, params RejectedRow[] rejected)
    {
        var sha256 = Hash(text);
        File.WriteAllText(Path.Combine(_store.PartFolder(Product), $"{sha256}.csv"), text);
        return _store.Join(FileOf(name, text, sha256), "1", 1, rejected)!;
    }

    private static IngestedFile FileOf(string name, string text, string? part) => new()
    {
        Product = Product,
        Sha256 = Hash(name + text),
        Name = name,
        Source = RowSource.File,
        Bytes = text.Length,
        IngestedAt = Noon,
        PartSha256 = part,
        RowsRead = 3,
        RowsKept = part is null ? 0 : 2,
        RowsDuplicate = 0,
        RowsRejected = 1,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public sealed class OnSqlite() : DataSetStoreTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : DataSetStoreTests(new PostgresStorage())
    {
        [Fact]
        public void A_machine_with_an_empty_disk_makes_the_parts_anew()
        {
            var large = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i}\n")); // several pieces
            Join("a.csv", "one\n");
            var version = Join("b.csv", large);

            var elsewhere = DataSetStore.Open(((PostgresStorage)_storage).Elsewhere());

            Assert.Equal(["one\n", large], elsewhere.Parts(version).Select(File.ReadAllText));
            Assert.Empty(Directory.GetFiles(elsewhere.PartFolder(Product), "*.unfinished"));
        }

        [Fact]
        public void A_part_that_is_not_whole_in_the_database_is_told_and_no_file_is_left_of_it()
        {
            var version = Join("a.csv", "one\n");
            _storage.Execute("UPDATE part_pieces SET content = convert_to('ome', 'UTF8')");
            var elsewhere = DataSetStore.Open(((PostgresStorage)_storage).Elsewhere());

            Assert.Contains("is not whole in the database", Assert.Throws<StoreException>(() => elsewhere.Parts(version)).Message);
            Assert.Empty(Directory.GetFiles(elsewhere.PartFolder(Product)));
        }
    }
}
