using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Packages;
using LoanRisk.Trees.Scoring;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Serving;

/// <summary>The settings of what decisions are made with.</summary>
internal sealed class ServingOptions
{
    public const string DefaultProductSetting = "LoanRisk:DefaultProduct";

    /// <summary>The data folder.</summary>
    [Setting(DataFolder.Variable, "allowed is a folder that can be created and written to")]
    public string? Data { get; set; }

    /// <summary>The folder of products.</summary>
    [Setting(ProductFolder.Variable, "allowed is a folder with PRODUCT/product.json in it")]
    public string? Products { get; set; }

    /// <summary>Id of the product that is meant where none is named.</summary>
    [Setting(DefaultProductSetting, "allowed is the id of a product")]
    public string? DefaultProduct { get; set; }

    /// <summary>
    /// The kernel that every model is scored with. The engine reads the variable itself; here it is checked even while no model is loaded.
    /// </summary>
    [Setting(ScoringKernel.Variable, "allowed are avx2, portable, plain; avx2 only on a machine that has it")]
    public KernelName? Kernel { get; set; }

    /// <summary>Which models score an application, where the package that serves has both.</summary>
    [Setting("LoanRisk:Scoring", "allowed are both, engine and mlnet")]
    public ScoringName Scoring { get; set; } = new(ScoringMode.Both);
}
