using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RegistryState = LoanRisk.Store.Models.ModelState;

namespace LoanRisk.Web.Pages.Models;

/// <summary>One model: what it is, how good it is, what the gate says of it, and the buttons that let it serve or challenge.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DetailsModel(ModelRegistry registry, ProductCatalog catalog, ModelService service, History history) : PageModel
{
    /// <summary>The registry's line.</summary>
    public RegisteredModel Registered { get; private set; } = null!;

    /// <summary>Its product.</summary>
    public LoanProduct Product { get; private set; } = null!;

    /// <summary>The package; null when it must not be used.</summary>
    public ModelPackage? Package { get; private set; }

    /// <summary>Why the package must not be used.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What the package says of itself.</summary>
    public ModelMetrics Figures { get; private set; } = new();

    /// <summary>Its measures with curves; null for a model that was imported, or made by an earlier version.</summary>
    public ModelEvaluation? Evaluation => Package is null ? null : Figures.Evaluation;

    /// <summary>Other models to draw behind its curves.</summary>
    public RecordedComparisons Comparisons { get; private set; } = new([], []);

    /// <summary>What a reader must know about them, and how to make up for one that is missing.</summary>
    public IEnumerable<string> PlotNotes => Comparisons.NeedsReport
        ?
        [
            .. Comparisons.Notes.SkipLast(1),
            $"{Comparisons.Notes[^1]} A report measures both on the same: loanrisk report {Product.Id} --model {Registered.Id[..12]}",
        ]
        : Comparisons.Notes;

    /// <summary>
    /// Beside the champion, by what both say of themselves; null for the champion, or when there is none that can be read.
    /// </summary>
    public ModelComparison? Comparison { get; private set; }

    /// <summary>What the gate said; null when it was not asked yet.</summary>
    public GateJudgement? Judgement { get; private set; }

    /// <summary>It answers beside the champion, or could: it is whole, and not the champion itself.</summary>
    public bool MayChallenge => Package is not null && Registered.State != RegistryState.Champion;

    /// <summary>A model serves the product, this one or another.</summary>
    public bool IsServed => catalog.DecisionEngine(Product.Id) is not null;

    /// <summary>What it answers beside the champion; null unless it is the challenger.</summary>
    public ChallengerReport? Beside { get; private set; }

    /// <summary>What happened to it, the newest first.</summary>
    public IReadOnlyList<ModelEvent> Events { get; private set; } = [];

    /// <summary>Why nothing can be changed here; null when it can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>What was done last, or why it was not.</summary>
    [TempData]
    public string? Notice { get; set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!Find(id))
        {
            return NotFound();
        }

        if (Package is not null && Registered.State == RegistryState.Challenger)
        {
            Beside = await service.BesideAsync(Product, new RegisteredPackage(Registered, Package), HttpContext.RequestAborted);
        }

        return Page();
    }

    /// <summary>Asks the gate and shows what it says.</summary>
    public Task<IActionResult> OnPostJudgeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, async () =>
    {
        await service.JudgeAsync(Product, Registered, cancellationToken);
        return null;
    });

    /// <summary>Promotes the model if the gate lets it through, or if a reason is given to pass the gate by.</summary>
    public Task<IActionResult> OnPostPromoteAsync(string id, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, async () =>
        {
            if (await service.PromoteAsync(
                Product, Registered, Caller.NameOf(HttpContext), History.Reason(reason), cancellationToken) is null)
            {
                return "The gate does not let this model through. It says why below; to promote it all the same, give a reason, which is "
                    + "kept.";
            }

            history.Add(HttpContext, ActKind.ModelChanged, $"promoted {Registered.Id[..12]} of {Product.Id}", reason);
            return $"Model {ShortId.Of(Registered.Id)} serves {Product.Name} now.";
        });

    /// <summary>Makes the model the challenger of its product.</summary>
    public Task<IActionResult> OnPostChallengeAsync(string id) => ChangeAsync(id, () =>
    {
        service.Challenge(Product, Registered, Caller.NameOf(HttpContext));
        history.Add(HttpContext, ActKind.ModelChanged, $"challenger {Registered.Id[..12]} of {Product.Id}");
        return Task.FromResult<string?>($"Model {ShortId.Of(Registered.Id)} is the challenger of {Product.Name} now.");
    }, fragment: "challenge");

    private async Task<IActionResult> ChangeAsync(string id, Func<Task<string?>> change, string fragment = "gate")
    {
        if (!Find(id))
        {
            return NotFound();
        }

        try
        {
            Notice = await change();
        }
        catch (Exception e) when (e is ModelStateException or ModelPackageException
            or Pipeline.InvalidInputException or Pipeline.Csv.CsvFileException)
        {
            Notice = e.Message;
        }

        return RedirectToPage(pageName: null, pageHandler: null, new { id = Registered.Id }, fragment);
    }

    private bool Find(string id)
    {
        if (Registry(id) is not { } registered || catalog.Find(registered.Product) is not { } product)
        {
            return false;
        }

        (Registered, Product) = (registered, product);
        Read();
        return true;
    }

    private RegisteredModel? Registry(string id)
    {
        try
        {
            return registry.Find(id.ToLowerInvariant());
        }
        catch (ModelStateException)
        {
            return null; // too short, or of several
        }
    }

    private void Read()
    {
        WhyNot = AccessTable.May(Caller.Of(HttpContext), HttpMethods.Post, "/models/{id}")
            ? null
            : "A manager promotes, takes back and challenges; you may look.";
        Events = [.. registry.History(Product.Id).Where(e => e.ModelId == Registered.Id || e.PreviousId == Registered.Id)];
        Figures = ModelMetrics.Of(registry.Files(Registered.Id));
        (Package, Refusal) = Open(Registered.Id);
        Judgement = Registered.State == RegistryState.Champion ? null : service.Judged(Registered);
        if (Package is not null)
        {
            Compare(ReportedModel.Find(registry, Product, Package));
        }
    }

    private void Compare(ReportedModel model)
    {
        Comparisons = RecordedComparisons.Of(model, Figures);
        if (Registered.State != RegistryState.Champion && model.ComparedWith is { } champion)
        {
            Comparison = ModelComparison.Of((Registered, model.Package), (champion.Model, champion.Package), loans: null);
        }
    }

    private (ModelPackage? Package, string? Refusal) Open(string id)
    {
        try
        {
            return (registry.Read(id, Product), null);
        }
        catch (ModelPackageException e)
        {
            return (null, e.Message);
        }
    }
}
