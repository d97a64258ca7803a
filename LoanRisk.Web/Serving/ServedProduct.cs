using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Serving;

/// <summary>A product and what serves it.</summary>
/// <param name="Policy">The product with the policy that decides, and why that is not the file's where it is not.</param>
/// <param name="DecisionEngine">What decides about its applications; null without a usable champion.</param>
/// <param name="Refusal">The model that should serve and must not; null when there is none. What served before it serves on.</param>
public sealed record ServedProduct(PolicyInForce Policy, DecisionEngine? DecisionEngine, ModelRefusal? Refusal)
{
    /// <summary>A product whose file's policy decides.</summary>
    public ServedProduct(LoanProduct product, DecisionEngine? engine, ModelRefusal? refusal)
        : this(new PolicyInForce(product), engine, refusal)
    {
    }

    /// <summary>
    /// The ML.NET model beside the engine; null where the package carries none, or the engine scores alone. Decisions wait for it.
    /// </summary>
    public EmbeddedScorer? Embedded { get; init; }

    /// <summary>Its file, where that is the one in the database; null for the folder's.</summary>
    public PushedProduct? File { get; init; }

    /// <summary>The product, with the policy that decides.</summary>
    public LoanProduct Product => Policy.Product;

    /// <summary>What is wrong, in one or more sentences for a person; null when all is well.</summary>
    public string? Trouble => (Refusal?.Sentence, Policy.Objection) switch
    {
        (null, var objection) => objection,
        (var refusal, null) => refusal,
        var (refusal, objection) => $"{refusal} {objection}",
    };

    /// <summary>One line about the model for a person.</summary>
    public string Describe() => (DecisionEngine, Trouble) switch
    {
        ({ } engine, null) => Serving(engine),
        ({ } engine, { } trouble) => $"{Serving(engine)}. {trouble}",
        (_, { } trouble) => $"NOT SERVED. {trouble}",
        _ => "NOT SERVED, it has no champion yet; train one with LoanRisk.Training",
    };

    /// <summary>
    /// Why no decision can be given now and what to do, for those who call the API and those who run the site; null while a model serves.
    /// </summary>
    public string? WhyNoDecision => DecisionEngine is not null ? null
        : $"{Product.Name} has {(Trouble is null ? "no model yet" : "no model that may decide now")}, so no decision can be given, "
            + "and sending the request again does not change that. "
            + (Trouble is { } trouble
                ? $"{trouble} Whoever runs the site puts that right, or promotes another model: "
                : $"Whoever makes its models trains one with `loanrisk train {Product.Id} --data FILE` and lets it serve: ")
            + "`loanrisk models promote MODEL`. /api/v1/products tells which products have a model.";

    private string Serving(DecisionEngine engine) =>
        $"model {ShortId.Of(engine.Package.Id)}, trained {engine.Package.Manifest.TrainedAt:yyyy-MM-dd}, policy version "
            + $"{engine.Product.Policy.Version}{(File is null ? "" : $"; {File.Origin}")}";
}

/// <summary>A model that must not serve.</summary>
/// <param name="ModelId">Its id; null for the package in the product's folder, which may be too damaged to have one.</param>
/// <param name="Why">Which file is wrong and how, for a person.</param>
public sealed record ModelRefusal(string? ModelId, string Why)
{
    /// <summary>What is refused and why.</summary>
    public string Sentence => $"{(ModelId is { } id ? $"Model {ShortId.Of(id)}" : "The model in the product's folder")} is refused: {Why}";
}
