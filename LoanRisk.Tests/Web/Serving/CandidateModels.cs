using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>
/// Models of the shipped product that answer differently: one small forest, the first trees of the trial champion's, each with a
/// calibration of its own.
/// </summary>
internal static class CandidateModels
{
    private const int FewTrees = 8;

    /// <summary>Who does things here.</summary>
    public static AuditEntry AuditEntry { get; } = new("a test", DateTimeOffset.UnixEpoch);

    /// <summary>A model whose log-odds lie a tenth of <paramref name="shift"/> above its forest's.</summary>
    public static ModelPackage Make(int shift, LoanProduct? product = null, bool withMLNet = true)
    {
        var trees = FirstTrees(TrainedProducts.Champion.Trees);
        return Make(trees, withMLNet ? trees : null, product ?? PeerLoan.Product, shift);
    }

    /// <summary>A model whose ML.NET model holds the trees that are said, be they its own or not.</summary>
    public static ModelPackage Make(TreeModel trees, TreeModel? zipOf, LoanProduct? product = null, int shift = 0)
    {
        var trial = TrainedProducts.Champion;
        var calibration = new PlattCalibration(1, shift / 10.0);
        var parts = new PackageParts(trees, calibration, "{}", "{}", $"# Comparison {shift}\n")
        {
            MLNet = zipOf is null ? null : EmbeddedZip.Of(product ?? PeerLoan.Product, zipOf, calibration),
        };
        return ModelPackage.Create(product ?? PeerLoan.Product, parts, trial.Manifest, trial.Manifest.Golden.Values);
    }

    /// <summary>The same trees but for one leaf, which is a step of double precision higher.</summary>
    public static TreeModel WithOtherLeaf(TreeModel model)
    {
        var last = model.Trees[^1];
        return new TreeModel
        {
            Objective = model.Objective,
            FeatureNames = model.FeatureNames,
            FeatureInfos = model.FeatureInfos,
            Trees = [.. model.Trees[..^1], last with { LeafValue = last.LeafValue.SetItem(0, Math.BitIncrement(last.LeafValue[0])) }],
        };
    }

    /// <summary>What a model must answer to the ordinary applicant.</summary>
    public static Decision Answer(ModelPackage package) => new DecisionEngine(PeerLoan.Product, package).Decide(PeerLoan.Application());

    /// <summary>The registry of a site as another process opens it.</summary>
    public static ModelRegistry RegistryOf(LoanRiskSite site) => ModelRegistry.Open(new DataFolder(site.Data, "test"));

    /// <summary>Registers a model as a candidate.</summary>
    public static RegisteredModel Register(ModelRegistry registry, ModelPackage package) =>
        registry.Register(package, ModelSource.Trained, AuditEntry);

    /// <summary>Registers a model and makes it the champion.</summary>
    public static void Promote(ModelRegistry registry, ModelPackage package, LoanProduct? product = null)
    {
        Register(registry, package);
        registry.Promote(
            package.Id, product ?? PeerLoan.Product, new Promotion(AuditEntry, registry.Champion(package.Manifest.Product)?.Id));
    }

    private static TreeModel FirstTrees(TreeModel model) => new()
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = model.FeatureInfos,
        Trees = model.Trees[..FewTrees],
    };
}
