using System.CommandLine;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>models</c>: what is registered, how it compares, and which of it serves.</summary>
internal static class ModelsVerbs
{
    public const int ShownId = 12;

    public static Command Create(ConsoleSession session) =>
        new("models", "The registry of models: what there is, how it compares, and which model serves.")
    {
        ModelsReadingVerbs.List(session),
        ModelsReadingVerbs.Show(session),
        ModelsReadingVerbs.Compare(session),
        ModelsServingVerbs.Promote(session),
        ModelsServingVerbs.RollBack(session),
        ModelsServingVerbs.Challenge(session),
        ModelsServingVerbs.Retire(session),
        ModelsFileVerbs.Import(session),
        ModelsFileVerbs.Export(session),
    };

    /// <summary>The argument that names a model.</summary>
    public static Argument<string> Id(string name = "id") =>
        new(name) { Description = "The model's id, or the start of it: six letters or more." };

    /// <summary>The option that names the rows to measure on.</summary>
    public static Option<string?> Data() =>
        new("--data")
        {
            Description = "Labelled CSV file to measure on. Default: the newest version of the product's ingested data, "
                + "where there is one.",
            HelpName = "FILE",
        };

    /// <summary>The option that names who does it.</summary>
    public static Option<string?> By() =>
        new("--by") { Description = "Who does this, for the history. Default: the user of this computer.", HelpName = "NAME" };

    /// <summary>The option that says why.</summary>
    public static Option<string?> Reason() => new("--reason") { Description = "Why; the history keeps it.", HelpName = "TEXT" };

    /// <summary>The registry, after registering the models that the products ship; a damaged one is reported and left out.</summary>
    public static ModelRegistry Open(ConsoleSession session)
    {
        var registry = ModelRegistry.Open(session.Data);
        VerbOptions.TellBroken(session);
        foreach (var product in session.Offered.Products)
        {
            try
            {
                ShippedModels.RegisterShipped(registry, session.Products, product, session.Time.GetUtcNow());
            }
            catch (ModelPackageException e)
            {
                TellRefused(session, product, e.Message);
            }
        }

        return registry;
    }

    /// <summary>
    /// The models of a registry and those that the products ship, for reading alone; a damaged one is reported and left out.
    /// </summary>
    public static ReadableModels Read(ConsoleSession session, ModelRegistry registry)
    {
        VerbOptions.TellBroken(session);
        var models = ReadableModels.Of(registry, session.Products, session.Offered.Products);
        foreach (var (product, cause) in models.Refused)
        {
            TellRefused(session, product, cause);
        }

        return models;
    }

    /// <summary>The champion of a product; null when there is none, or when it must not be used, which is reported.</summary>
    public static RegisteredPackage? Serving(ConsoleSession session, LoanProduct product)
    {
        try
        {
            return RegisteredPackage.Champion(Open(session), product);
        }
        catch (ModelPackageException e)
        {
            session.Error.WriteLine($"The champion of {product.Name} is refused and not compared with: {e.Message}");
            return null;
        }
    }

    /// <exception cref="InvalidInputException">There is no such model.</exception>
    public static RegisteredModel Find(ModelRegistry registry, string id) =>
        registry.Find(id) ?? throw Unknown(id);

    /// <exception cref="InvalidInputException">There is no such model.</exception>
    public static RegisteredModel Find(ReadableModels models, string id) => models.Find(id) ?? throw Unknown(id);

    /// <summary>The product of a model.</summary>
    /// <exception cref="InvalidOptionException">The product is no longer there.</exception>
    public static LoanProduct Product(ConsoleSession session, RegisteredModel model) => VerbOptions.FindProduct(session, model.Product);

    /// <summary>What a person sees of an id.</summary>
    public static string Short(string id) => id[..Math.Min(ShownId, id.Length)];

    private static InvalidInputException Unknown(string id) => new($"There is no model {id}. See: loanrisk models list");

    private static void TellRefused(ConsoleSession session, LoanProduct product, string cause) =>
        session.Error.WriteLine($"The model in the folder of {product.Id} is refused: {cause}");
}
