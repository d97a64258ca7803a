using System.CommandLine;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>models list</c>, <c>show</c> and <c>compare</c>: they change nothing.</summary>
internal static class ModelsReadingVerbs
{
    private const string ChampionWord = "champion";

    public static Verb List(ConsoleSession session)
    {
        var product = new Option<string?>("--product") { Description = "Models of this product only.", HelpName = "P" };
        var verb = new Verb("list", "List the registered models, the newest first.", "loanrisk models list --product peerloan") { product };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var only = parsed.GetValue(product) is { } id ? VerbOptions.FindProduct(session, id).Id : null;
            var models = ModelsVerbs.Read(session, ModelRegistry.Open(session.Data));
            ModelsOutput.WriteList(
                session, [.. models.List(only).Select(model => new ComparedModel(model, ModelMetrics.Of(models.Files(model))))]);
            return ExitCode.Fine;
        }));
        return verb;
    }

    public static Verb Show(ConsoleSession session)
    {
        var id = ModelsVerbs.Id();
        var card = new Option<bool>("--card") { Description = "Print the model card as well." };
        var verb = new Verb(
            "show",
            "Show a model: where it came from, how good it is, what happened to it.",
            "loanrisk models show 3fa9c2d41b07 --card") { id, card };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var registry = ModelRegistry.Open(session.Data);
            var models = ModelsVerbs.Read(session, registry);
            var model = ModelsVerbs.Find(models, parsed.GetRequiredValue(id));
            var product = ModelsVerbs.Product(session, model);
            var package = models.Read(model, product);
            ModelsOutput.WriteModel(session, new RegisteredPackage(model, package), models.IsRegistered(model));
            ModelsOutput.WriteEvents(
                session, model, [.. registry.History(model.Product).Where(e => e.ModelId == model.Id || e.PreviousId == model.Id)]);
            if (model.State == ModelState.Challenger)
            {
                var policy = PolicyInForce.Of(product, registry.Policy(product.Id)).Product;
                ChallengerOutput.Write(session, ChallengerReport.Of(session.Data, policy, new RegisteredPackage(model, package)), product);
            }

            if (parsed.GetValue(card))
            {
                session.Output.WriteLine();
                session.Output.WriteLine(package.Text(PackageFiles.Card));
            }

            return ExitCode.Fine;
        }));
        return verb;
    }

    public static Verb Compare(ConsoleSession session)
    {
        var id = ModelsVerbs.Id();
        var other = new Argument<string>("other")
        {
            Description = "The model to compare with: its id, or champion.",
            DefaultValueFactory = _ => ChampionWord,
        };
        var data = ModelsVerbs.Data();
        var verb = new Verb(
            "compare",
            "Put two models of one product side by side.",
            "loanrisk models compare 3fa9c2d41b07 champion --data loans.csv",
            "With labelled rows at hand both are measured on the test part of them, which no training run here learns from. Without, "
            + "each model's own figures are shown, and it is said what they are worth.")
        {
            id, other, data,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Compare(session, parsed.GetRequiredValue(id), parsed.GetRequiredValue(other), parsed.GetValue(data), cancellationToken),
            cancellationToken));
        return verb;
    }

    private static int Compare(ConsoleSession session, string id, string otherId, string? file, CancellationToken cancellationToken)
    {
        var models = ModelsVerbs.Read(session, ModelRegistry.Open(session.Data));
        var model = ModelsVerbs.Find(models, id);
        var product = ModelsVerbs.Product(session, model);
        var other = otherId == ChampionWord
            ? models.Champion(product) ?? throw new InvalidInputException($"{product.Name} has no champion to compare with.")
            : ModelsVerbs.Find(models, otherId);
        if (other.Product != model.Product || other.Id == model.Id)
        {
            throw new InvalidOptionException(
                other.Id == model.Id
                    ? "Compare takes two different models."
                    : $"The models are of two products, {model.Product} and {other.Product}; only models of one product can be compared.");
        }

        var loans = ModelsServingVerbs.Loans(session, product, file, cancellationToken);
        var packages = (models.Read(model, product), models.Read(other, product));
        ModelsOutput.WriteComparison(
            session, ModelComparison.Of((model, packages.Item1), (other, packages.Item2), loans, cancellationToken));
        return ExitCode.Fine;
    }
}
