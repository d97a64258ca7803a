using LoanRisk.Lending.ProductFiles;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

public abstract class PushedProductsTests : IDisposable
{
    private static readonly AuditEntry Ann = new("ann", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "a better word");

    private readonly Storage _storage;

    private readonly PushedProducts _files;

    protected PushedProductsTests(Storage storage)
    {
        _storage = storage;
        _files = ModelRegistry.Open(storage.Folder).ProductFiles;
    }

    private static string Renamed => TinyLoan.Json.Replace("\"TinyLoan\"", "\"Tiny loan, pushed\"", StringComparison.Ordinal);

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_newest_file_holds_and_everything_that_was_done_is_kept()
    {
        _files.Push(TinyLoan.Json, "file", Ann);
        _files.Push(Renamed, "file", Ann with { By = "bob", Reason = "" });

        var held = Assert.Single(ModelRegistry.Open(_storage.Folder).ProductFiles.Holding());
        Assert.Equal((Renamed, "bob"), (held.Text, held.Entry.By));
        _files.Remove("tiny", Ann);
        Assert.Empty(_files.Holding());
        Assert.Equal(
            [(null, Ann), (Renamed, Ann with { By = "bob", Reason = "" }), (TinyLoan.Json, Ann)],
            _files.History("tiny").Select(file => (file.Text, file.Entry)));
    }

    [Fact]
    public void The_same_text_is_no_news_and_what_is_not_there_cannot_be_taken_away()
    {
        Assert.Equal(0, _files.LastNumber());
        Assert.NotNull(_files.Push(TinyLoan.Json, "file", Ann));
        var last = _files.LastNumber();

        Assert.Null(_files.Push(TinyLoan.Json, "file", Ann));
        Assert.Equal(last, _files.LastNumber());
        Assert.Equal(
            "The database holds no file of product other.",
            Assert.Throws<ModelStateException>(() => _files.Remove("other", Ann)).Message);
        _files.Remove("tiny", Ann);
        Assert.Throws<ModelStateException>(() => _files.Remove("tiny", Ann));
    }

    [Fact]
    public void A_broken_file_never_comes_in()
    {
        var broken = TinyLoan.Json.Replace("\"currency\": \"EUR\",", "", StringComparison.Ordinal);

        var refusal = Assert.Throws<ProductFileException>(() => _files.Push(broken, "mine.json", Ann));
        Assert.Contains("mine.json", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, _files.LastNumber());
    }

    [Fact]
    public void No_line_is_changed_or_taken_out()
    {
        _files.Push(TinyLoan.Json, "file", Ann);

        Assert.Contains("append-only", Assert.ThrowsAny<Exception>(() => _storage.Execute("UPDATE product_files SET by = 'x'")).Message);
        Assert.Contains("append-only", Assert.ThrowsAny<Exception>(() => _storage.Execute("DELETE FROM product_files")).Message);
    }

    [Fact]
    public void A_file_of_the_database_stands_in_the_place_of_the_folders_or_beside_it()
    {
        Directory.CreateDirectory(_storage["products", "tiny"]);
        File.WriteAllText(_storage["products", "tiny", ProductFolder.FileName], TinyLoan.Json);
        Directory.CreateDirectory(_storage["products", "broken"]);
        Assert.Equal(["broken"], OfferedProducts.Read(_storage["products"], _files).Broken.Select(b => b.Id));

        _files.Push(Renamed, "file", Ann);
        _files.Push(TinyLoan.Json.Replace("\"id\": \"tiny\"", "\"id\": \"broken\"", StringComparison.Ordinal), "file", Ann);
        var offered = OfferedProducts.Read(_storage["products"], _files);

        Assert.Equal(
            [("broken", "TinyLoan"), ("tiny", "Tiny loan, pushed")], offered.Products.Select(product => (product.Id, product.Name)));
        Assert.Empty(offered.Broken);
        Assert.Equal("TinyLoan", Assert.Single(OfferedProducts.Read(_storage["products"], []).Products).Name);
        _files.Remove("tiny", Ann);
        Assert.Equal("TinyLoan", OfferedProducts.Read(_storage["products"], _files).Products.Single(product => product.Id == "tiny").Name);
    }

    [Fact]
    public void A_file_that_this_program_cannot_read_does_not_give_way_to_the_folders()
    {
        Directory.CreateDirectory(_storage["products", "tiny"]);
        File.WriteAllText(_storage["products", "tiny", ProductFolder.FileName], TinyLoan.Json);
        _storage.Execute(
            "INSERT INTO product_files (product, content, at, by, reason) "
                + "VALUES ('tiny', '{}', '2026-11-21T12:00:00.0000000+00:00', 'x', '')");

        var offered = OfferedProducts.Read(_storage["products"], _files);

        Assert.Empty(offered.Products);
        Assert.Contains("tiny/product.json in the database", Assert.Single(offered.Broken).Why, StringComparison.Ordinal);
    }

    [Slow]
    public sealed class OnSqlite() : PushedProductsTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : PushedProductsTests(new PostgresStorage());
}
