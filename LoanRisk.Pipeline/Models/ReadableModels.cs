using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// The models of the registry, and those that products ship and nobody registered yet, for those who only read: nothing is written.
/// </summary>
public sealed class ReadableModels
{
    private readonly ModelRegistry _registry;

    // The newest first, as in the registry.
    private readonly List<RegisteredPackage> _unregistered = [];

    private readonly List<(LoanProduct Product, string Cause)> _refused = [];

    private ReadableModels(ModelRegistry registry) => _registry = registry;

    /// <summary>The products whose shipped package is damaged, or of another product or schema, and why; they are left out.</summary>
    public IReadOnlyList<(LoanProduct Product, string Cause)> Refused => _refused;

    /// <summary>Looks at what is there.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="folder">The folder of products.</param>
    /// <param name="products">The products whose shipped models count.</param>
    public static ReadableModels Of(ModelRegistry registry, string folder, IEnumerable<LoanProduct> products)
    {
        var models = new ReadableModels(registry);
        var registered = registry.List().Select(model => model.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var product in products)
        {
            models.Add(folder, product, registered);
        }

        return models;
    }

    /// <summary>The model stands in the registry.</summary>
    public bool IsRegistered(RegisteredModel model) => Unregistered(model.Id) is null;

    /// <summary>Models, the newest first, unregistered ones last; of one product or of all.</summary>
    public IReadOnlyList<RegisteredModel> List(string? product = null) =>
        [
            .. _registry.List(product),
            .. _unregistered.Select(shipped => shipped.Model).Where(model => product is null || model.Product == product)
        ];

    /// <summary>The model of that id, or whose id starts so; null when there is none.</summary>
    /// <exception cref="ModelStateException">Fewer than six letters, or more than one model's id starts so.</exception>
    public RegisteredModel? Find(string idStart) =>
        _registry.Find(idStart) ?? _unregistered.Find(shipped => shipped.Model.Id.StartsWith(idStart, StringComparison.Ordinal))?.Model;

    /// <summary>The champion of a product; null when there is none.</summary>
    public RegisteredModel? Champion(LoanProduct product) =>
        _unregistered.Find(shipped => shipped.Model.Product == product.Id && shipped.Model.State == ModelState.Champion)?.Model
            ?? _registry.Champion(product.Id);

    /// <summary>The package of a model, checked anew.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema; the message names the file.</exception>
    public ModelPackage Read(RegisteredModel model, LoanProduct product) =>
        Unregistered(model.Id)?.Package ?? _registry.Read(model.Id, product);

    /// <summary>The files of a model's package, unchecked.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files(RegisteredModel model) =>
        Unregistered(model.Id)?.Package.Files ?? _registry.Files(model.Id);

    private RegisteredPackage? Unregistered(string id) => _unregistered.Find(shipped => shipped.Model.Id == id);

    private void Add(string folder, LoanProduct product, HashSet<string> registered)
    {
        try
        {
            if (ServingModel.Shipped(_registry, folder, product) is { } shipped && !registered.Contains(shipped.Model.Id))
            {
                _unregistered.Insert(0, shipped);
            }
        }
        catch (ModelPackageException e)
        {
            _refused.Add((product, e.Message));
        }
    }
}
