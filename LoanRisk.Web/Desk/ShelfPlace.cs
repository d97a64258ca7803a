using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Desk;

/// <summary>A product and what serves it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Underwriter">What decides about its applications; null without a usable champion.</param>
/// <param name="Refusal">The model that should serve and must not; null when there is none. What served before it serves on.</param>
public sealed record ShelfPlace(LoanProduct Product, Underwriter? Underwriter, ModelRefusal? Refusal)
{
    /// <summary>One line about the model for a person.</summary>
    public string Describe() => (Underwriter, Refusal) switch
    {
        ({ } underwriter, null) => Serving(underwriter),
        ({ } underwriter, { } refusal) => $"{Serving(underwriter)}. {refusal.Sentence}",
        (_, { } refusal) => $"NOT SERVED. {refusal.Sentence}",
        _ => "NOT SERVED, it has no champion yet; train one with LoanRisk.Training",
    };

    /// <summary>Why no decision can be given now and what to do, for those who call the API and those who run the site; null while a model serves.</summary>
    public string? WhyNoDecision => Underwriter is not null ? null
        : $"{Product.Name} has {(Refusal is null ? "no model yet" : "no model that may serve now")}, so no decision can be given, and sending the request again does not change that. "
            + (Refusal is { } refusal ? $"{refusal.Sentence} Whoever runs the site puts its files back from a copy or promotes another: " : $"Whoever makes its models trains one with `loanrisk train {Product.Id} --data FILE` and lets it serve: ")
            + "`loanrisk models promote MODEL`. /api/v1/products tells which products have a model.";

    private static string Serving(Underwriter underwriter) => $"model {underwriter.Package.Id[..12]}, trained {underwriter.Package.Manifest.TrainedAt:yyyy-MM-dd}";
}

/// <summary>A model that must not serve.</summary>
/// <param name="ModelId">Its id; null for the package in the product's folder, which may be too damaged to have one.</param>
/// <param name="Why">Which file is wrong and how, for a person.</param>
public sealed record ModelRefusal(string? ModelId, string Why)
{
    /// <summary>What is refused and why.</summary>
    public string Sentence => $"{(ModelId is { } id ? $"Model {id[..12]}" : "The model in the product's folder")} is refused: {Why}";
}
