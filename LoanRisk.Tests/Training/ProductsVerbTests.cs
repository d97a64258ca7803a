using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training;

/// <summary><c>products</c>: files in the database, which hold before the folder's.</summary>
[Slow]
public sealed class ProductsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProductsVerbTests()
    {
        TrainedProducts.WriteTo(_folder["products"]);
        Directory.CreateDirectory(_folder["data"]);
        ShippedModels.RegisterShipped(ModelRegistry.Open(Data), _folder["products"], PeerLoan.Product, TestConsole.Now);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pushed_file_is_what_every_verb_reads_until_it_is_removed()
    {
        var pushed = await Run("products", "push", Changed("\"name\": \"PeerLoan\"", "\"name\": \"Peer loan of the bank\""), "--by", "ann");
        Assert.Equal((ExitCode.Fine, ""), (pushed.ExitCode, pushed.Error));
        Assert.Contains("is in the database and holds on every node within two seconds.", pushed.Output, StringComparison.Ordinal);
        Assert.Contains("Peer loan of the bank", (await Run("products", "show", "peerloan")).Output, StringComparison.Ordinal);
        Assert.Matches(@"peerloan.+database.+ann", (await Run("products", "list")).Output);

        var again = await Run("products", "push", Changed("\"name\": \"PeerLoan\"", "\"name\": \"Peer loan of the bank\""));
        Assert.Contains("holds this very file of peerloan already", again.Output, StringComparison.Ordinal);

        var removed = await Run("products", "remove", "peerloan", "--reason", "it was a try");
        Assert.Contains("the one in each node's folder holds again", removed.Output, StringComparison.Ordinal);
        Assert.Matches(@"peerloan.+folder", (await Run("products", "list")).Output);
        Assert.Equal(PeerLoan.Product.Name, Offered().Name);
        Assert.Equal(["it was a try", ""], Files().History("peerloan").Select(file => file.Entry.Reason));
        var nothing = await Run("products", "remove", "peerloan");
        Assert.Equal((ExitCode.Failed, "The database holds no file of product peerloan."), (nothing.ExitCode, nothing.Error.Trim()));
    }

    [Fact]
    public async Task A_policy_without_a_raised_version_comes_in_and_is_said_not_to_decide()
    {
        ModelRegistry.Open(Data).KeepPolicy(PeerLoan.Product, new AuditEntry("site", TestConsole.Now));
        var pushed = await Run("products", "push", Changed("\"approveBelow\": 0.02", "\"approveBelow\": 0.03"));

        Assert.Contains("The recorded policy decides.", pushed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_schema_than_the_champions_needs_a_word()
    {
        var file = Changed("\"schemaVersion\": \"1\"", "\"schemaVersion\": \"2\"");

        var refused = await Run("products", "push", file);
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("nothing would serve the product until a model of the new schema is promoted", refused.Error);
        Assert.Equal(0, Files().LastNumber());

        Assert.Equal(ExitCode.Fine, (await Run("products", "push", file, "--new-schema")).ExitCode);
        Assert.Equal("2", Offered().SchemaVersion);
    }

    [Theory]
    [InlineData("There is no file", "nowhere.json")]
    [InlineData("product.json", "empty")]
    public async Task What_is_no_product_file_is_refused(string sentence, string path)
    {
        Directory.CreateDirectory(_folder["empty"]);

        var console = await Run("products", "push", _folder[path]);

        Assert.Equal(ExitCode.CalledWrongly, console.ExitCode);
        Assert.Contains(sentence, console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_is_refused_with_its_place()
    {
        var console = await Run("products", "push", Changed("\"currency\": \"USD\"", "\"currency\": \"dollars\""));

        Assert.Equal(ExitCode.Failed, console.ExitCode);
        Assert.Contains("$.currency", console.Error, StringComparison.Ordinal);
    }

    private DataFolder Data => new(_folder["data"], "test");

    private PushedProducts Files() => ModelRegistry.Open(Data).ProductFiles;

    private LoanProduct Offered() => OfferedProducts.Read(_folder["products"], Files()).Products.Single();

    private string Changed(string before, string after)
    {
        var text = File.ReadAllText(PeerLoan.FilePath);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(_folder["changed.json"], text.Replace(before, after, StringComparison.Ordinal));
        return _folder["changed.json"];
    }

    private Task<TestConsole> Run(params string[] arguments) =>
        TestConsole.RunInAsync(_folder["data"], _folder["products"], arguments, width: 200);
}
