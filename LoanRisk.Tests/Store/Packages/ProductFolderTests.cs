using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Packages;

public sealed class ProductFolderTests : IDisposable
{
    private readonly string _folderOfSources = Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests");

    private readonly TemporaryFolder _folder = new();

    private string Champion => _folder["tiny", "champion"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Products_are_read_in_order_of_id_and_hidden_folders_passed_over()
    {
        PutProduct("tiny", TinyLoan.Json);
        PutProduct("big", TinyLoan.Json.Replace("\"id\": \"tiny\"", "\"id\": \"big\"", StringComparison.Ordinal));
        Directory.CreateDirectory(_folder[".git"]);

        Assert.Equal(["big", "tiny"], ProductFolder.ReadAll(_folder.Path).Select(p => p.Id));
    }

    [Fact]
    public void The_products_of_this_repository_are_found_and_read()
    {
        Assert.Equal(Path.Combine(SharedFolder.Checkout, "products"), ProductFolder.Resolve("", _folderOfSources));
        Assert.Contains(ProductFolder.ReadAll(ProductFolder.Resolve(null, AppContext.BaseDirectory)), p => p.Id == PeerLoan.Product.Id);
    }

    [Fact]
    public void A_new_product_is_made_where_people_work_and_not_in_a_build_s_copy()
    {
        Assert.Equal(Path.Combine(SharedFolder.Checkout, "products"), ProductFolder.ResolveForNew(null, AppContext.BaseDirectory));
        Assert.Equal(_folder["elsewhere"], ProductFolder.ResolveForNew(_folder["elsewhere"], AppContext.BaseDirectory));

        PutProduct("published/products/tiny", TinyLoan.Json);
        Assert.Equal(_folder["published", "products"], ProductFolder.ResolveForNew("", _folder["published"]));
    }

    [Fact]
    public void The_variable_wins_over_what_is_beside_the_program()
    {
        PutProduct("products/tiny", TinyLoan.Json);

        Assert.Equal(_folder["products"], ProductFolder.Resolve(null, _folder["bin"]));
        Assert.Equal(_folder["elsewhere"], ProductFolder.Resolve(_folder["elsewhere"], _folder["bin"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named_with_the_variable_that_names_another()
    {
        var exception = Assert.Throws<DirectoryNotFoundException>(() => ProductFolder.ReadAll(_folder["nowhere"]));

        Assert.Contains(_folder["nowhere"], exception.Message, StringComparison.Ordinal);
        Assert.Contains("LOANRISK_PRODUCTS", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_called_otherwise_than_its_product_is_refused()
    {
        PutProduct("small", TinyLoan.Json);

        var exception = Assert.Throws<ProductFileException>(() => ProductFolder.ReadAll(_folder.Path));

        Assert.Equal("$.id", exception.Place);
        Assert.Contains("small/product.json", exception.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_product_file_is_refused()
    {
        Directory.CreateDirectory(_folder["empty"]);

        Assert.Contains(
            "The file is missing",
            Assert.Throws<ProductFileException>(() => ProductFolder.ReadAll(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_file_that_is_too_large_or_no_text_is_refused()
    {
        PutProduct("tiny", TinyLoan.Json + new string(' ', 1 << 20));
        Assert.Contains(
            "at most 1048576",
            Assert.Throws<ProductFileException>(() => ProductFolder.ReadAll(_folder.Path)).Message,
            StringComparison.Ordinal);

        File.WriteAllBytes(_folder["tiny", "product.json"], [0x7B, 0xC3, 0x28]);
        Assert.Contains(
            "not UTF-8", Assert.Throws<ProductFileException>(() => ProductFolder.ReadAll(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_without_a_model_has_no_champion() =>
        Assert.Null(ProductFolder.ReadChampion(_folder.Path, TinyLoan.Product));

    [Fact]
    public void A_package_that_is_written_is_the_champion_that_is_read()
    {
        ProductFolder.Write(Champion, TinyModel.Package);

        Assert.Equal(TinyModel.Package.Id, ProductFolder.ReadChampion(_folder.Path, TinyLoan.Product)!.Id);
        Assert.Equal(Champion, Assert.Single(Directory.GetFileSystemEntries(_folder["tiny"])));
    }

    [Fact]
    public void A_package_takes_the_place_of_another_as_a_whole()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        var next = TinyModel.Create(card: "# Another\n");

        ProductFolder.Write(Champion + Path.DirectorySeparatorChar, next);

        Assert.Equal(next.Id, ProductFolder.ReadChampion(_folder.Path, TinyLoan.Product)!.Id);
        Assert.Equal(Champion, Assert.Single(Directory.GetFileSystemEntries(_folder["tiny"])));
    }

    [Fact]
    public void An_interrupted_replacement_leaves_the_old_package_to_be_read_and_replaced()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        Directory.Move(Champion, Champion + ".previous");

        Assert.Equal(TinyModel.Package.Id, ProductFolder.ReadChampion(_folder.Path, TinyLoan.Product)!.Id);
        ProductFolder.Write(Champion, TinyModel.Create(card: "# Another\n"));
        Assert.Equal(Champion, Assert.Single(Directory.GetFileSystemEntries(_folder["tiny"])));
    }

    [Fact]
    public void Something_else_in_the_place_of_a_package_is_left_alone()
    {
        Directory.CreateDirectory(Champion);
        File.WriteAllText(_folder["tiny", "champion", "thesis.doc"], "years of work");

        Assert.Throws<IOException>(() => ProductFolder.Write(Champion, TinyModel.Package));

        Assert.Equal("years of work", File.ReadAllText(_folder["tiny", "champion", "thesis.doc"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder["tiny"]));
    }

    [Fact]
    public void A_file_in_the_place_of_a_package_is_left_alone()
    {
        Directory.CreateDirectory(_folder["tiny"]);
        File.WriteAllText(Champion, "mine");

        Assert.Throws<IOException>(() => ProductFolder.Write(Champion, TinyModel.Package));
        Assert.Equal("mine", File.ReadAllText(Champion));
    }

    [Fact]
    public void A_folder_in_a_package_is_refused()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        Directory.CreateDirectory(Path.Combine(Champion, "old"));

        Assert.Equal("old", Refused().File);
    }

    [Fact]
    public void A_link_in_a_package_is_refused()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        File.Move(Path.Combine(Champion, "card.md"), _folder["card.md"]);
        File.CreateSymbolicLink(Path.Combine(Champion, "card.md"), _folder["card.md"]);

        var exception = Refused();

        Assert.Equal("card.md", exception.File);
        Assert.Contains("no links", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_too_large_is_refused_before_it_is_read()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        using (var file = new FileStream(Path.Combine(Champion, "huge.bin"), FileMode.CreateNew))
        {
            file.SetLength((256L << 20) + 1);
        }

        Assert.Contains("too large", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_of_the_champion_is_refused()
    {
        ProductFolder.Write(Champion, TinyModel.Package);
        File.AppendAllText(Path.Combine(Champion, "card.md"), " ");

        Assert.Equal("card.md", Refused().File);
    }

    private ModelPackageException Refused() =>
        Assert.Throws<ModelPackageException>(() => ProductFolder.ReadChampion(_folder.Path, TinyLoan.Product));

    private void PutProduct(string folder, string json)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(_folder[folder, "product.json"], json);
    }
}
