using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Trees;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>A model of LightGBM's with a product and rows made for it, and the console's verbs run over them.</summary>
internal sealed class GoldenFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The path of a file or folder in it.</summary>
    public string this[params string[] parts] => _folder[parts];

    public void Dispose() => _folder.Dispose();

    /// <summary>A model of LightGBM's with what it answers.</summary>
    public static GoldenCase Golden(string name) => new(SharedFolder.Require("golden", name));

    /// <summary>Writes the product, the rows and the model's text, <c>model.txt</c>.</summary>
    public void Write(GoldenCase golden) => GoldenProduct.Write(_folder, golden);

    /// <summary>Runs the console.</summary>
    public Task<TestConsole> Run(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], _folder["products"], arguments);

    /// <summary>The models that are registered.</summary>
    public ModelRegistry Registry() => ModelRegistry.Open(new DataFolder(_folder["data"], "test"));

    /// <summary>The only model that is registered.</summary>
    public (ModelPackage Package, RegisteredModel Model) Only()
    {
        var model = Assert.Single(Registry().List(GoldenProduct.Id));
        return (
            Registry().Read(
                model.Id, ProductFile.Parse(File.ReadAllText(_folder["products", GoldenProduct.Id, "product.json"]), "product.json")),
            model);
    }
}
