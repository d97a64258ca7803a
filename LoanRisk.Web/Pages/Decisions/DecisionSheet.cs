using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Components;
using LoanRisk.Web.Components.Charts;
using LoanRisk.Web.Forms;
using LoanRisk.Web.Wording;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>A stored decision in the product's words. Where the product has changed since, the stored names and texts stand in.</summary>
/// <param name="Stored">The decision.</param>
/// <param name="Product">Its product as it is now, or null when it is no longer on offer.</param>
public sealed record DecisionSheet(StoredDecision Stored, LoanProduct? Product)
{
    private Decision Decision => Stored.Decision;

    /// <summary>The product's name, or its id when it is no longer on offer.</summary>
    public string ProductName => Product?.Name ?? Decision.Product;

    /// <summary>The one word for a bad loan.</summary>
    public string Noun => Product?.Target.Noun ?? "bad";

    /// <summary>What one row of the product's data is, in words.</summary>
    public Subject Subject => Product?.Subject ?? Subject.Loan;

    /// <summary>What the product calls the outcomes.</summary>
    public PolicyText Words => Product?.Policy.Words ?? PolicyText.Usual;

    /// <summary>What the word means, in a sentence; nothing when the product is no longer on offer.</summary>
    public string? Meaning => Product?.Target is { } target
        ? $"{char.ToUpperInvariant(target.Noun[0])}{target.Noun[1..]} means {target.Meaning} {target.Horizon}."
        : null;

    /// <summary>What contributions are measured against.</summary>
    public string Baseline => Product?.Policy.Baseline ?? "the average loan in the training data";

    /// <summary>Which stored row was scored; null for an application that came by its fields.</summary>
    public string? StoredRow => Stored is { DataVersion: { } version, Input: [var id] }
        ? $"{Product?.Lookup?.Label ?? id.Key} {id.Value}, data version {version}"
        : null;

    /// <summary>The texts of the knock-out rules that held: they come first among the reasons.</summary>
    public IReadOnlyList<string> Rules => [.. Decision.Reasons.Take(Decision.KnockOuts.Count).Select(reason => reason.Text)];

    /// <summary>
    /// The values for which an officer decides though the probability alone would approve: they come first among the reasons.
    /// </summary>
    public IReadOnlyList<string> Unseen => [.. Decision.Reasons.Take(Decision.ReferredFor.Count).Select(reason => reason.Text)];

    /// <summary>The reasons against the applicant in words, those of <see cref="Rules"/> and <see cref="Unseen"/> left to them.</summary>
    public IReadOnlyList<string> Against =>
        [.. Decision.Reasons.Skip(Decision.KnockOuts.Count + Decision.ReferredFor.Count).Select(reason => reason.Text)];

    /// <summary>The reasons in the applicant's favour in words, the strongest first.</summary>
    public IReadOnlyList<string> InFavour => [.. Decision.Favourable.Select(reason => reason.Text)];

    /// <summary>What the probability by itself leads to.</summary>
    public Outcome BandOnly => Decision.Thresholds.OutcomeOf(Decision.Probability);

    /// <summary>The bars of the reason chart: what raises the risk, strongest first, then what lowers it.</summary>
    public IReadOnlyList<Factor> Factors =>
    [
        .. Decision.Reasons.Concat(Decision.Favourable)
            .Where(reason => reason.Contribution is not null and not 0)
            .OrderByDescending(reason => reason.Contribution > 0)
            .ThenByDescending(reason => Math.Abs(reason.Contribution!.Value))
            .Select(reason => new Factor(
                Label(reason.Feature), Value(reason.Feature, Digits(reason.Feature)), reason.Text, reason.Contribution!.Value)),
    ];

    /// <summary>What was entered, under the form's headings; what the product no longer asks for stands under its own.</summary>
    public IReadOnlyList<EntryGroup> Entered
    {
        get
        {
            var groups = (Product?.Groups ?? [])
                .Select(group => Entries(group.Label, Decision.Features.Where(name => Product!.Find(name)?.Group == group.Id)));
            var others = Entries("Other values", Decision.Features.Where(name => Product?.Find(name) is null));
            return [.. groups.Append(others).Where(group => group.Entries.Count > 0)];
        }
    }

    /// <summary>The feature as the form calls it.</summary>
    public string Label(string feature) => Product?.Find(feature)?.Label ?? feature;

    // Rounded, a value might seem to be on the other side of the rule that held.
    private Func<LoanProduct, Feature, string?, string> Digits(string feature) =>
        Decision.Reasons.Take(Decision.KnockOuts.Count + Decision.ReferredFor.Count).Any(reason => reason.Feature == feature)
            ? ScreenText.Exact
            : ScreenText.Rounded;

    private EntryGroup Entries(string label, IEnumerable<string> features) =>
        new(label, [.. features.Select(name => new Entry(Label(name), Value(name, ScreenText.Exact)))]);

    private string Value(string feature, Func<LoanProduct, Feature, string?, string> read)
    {
        var text = Decision.Features.Zip(Decision.Values).FirstOrDefault(pair => pair.First == feature).Second;
        return Product?.Find(feature) is { } known ? read(Product, known, text) : text ?? ValueText.NotGiven;
    }
}
