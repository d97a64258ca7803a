using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Promotion;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Promotion;

/// <summary>Whether a candidate answers what the product asks.</summary>
[Slow]
public sealed class GateSchemaTests : GateTests
{
    [Fact]
    public void A_changed_schema_passes_only_when_old_callers_can_go_on()
    {
        var champion = TinyModel.Package.Manifest;

        Assert.True(Schema(champion).Passed);
        Assert.True(Schema(champion with { SchemaVersion = "2", Features = ["amount", "owner", "region", "rating"] }).Passed);
        Assert.Contains(
            "region are new", Schema(champion with { SchemaVersion = "2", Features = ["amount", "rate", "owner", "rating"] }).Sentence);
        var gone = Schema(champion with { SchemaVersion = "2", Features = [.. champion.Features, "shoe_size"] });
        Assert.False(gone.Passed);
        Assert.Contains("shoe_size are gone", gone.Sentence);
    }

    [Fact]
    public void A_candidate_of_another_product_or_schema_fails()
    {
        var manifest = TinyModel.Package.Manifest;

        Assert.Contains("is of product other", SchemaOf(manifest with { Product = "other" }).Sentence);
        Assert.Contains("schema version 2; the product now has 3", SchemaOf(manifest with { SchemaVersion = "2" }).Sentence);
        Assert.False(SchemaOf(manifest with { Features = [.. manifest.Features.Reverse()] }).Passed);
    }

    private static GateCheck Schema(LoanRisk.Lending.Models.ModelManifest champion) =>
        PromotionGate.Judge(
            Product,
            new GateContest(Model(Loans.Signal), Model(Loans.Blurred) with { Manifest = champion }),
            Loans.Bad,
            new Resampling(1, 20))[4];

    private static GateCheck SchemaOf(LoanRisk.Lending.Models.ModelManifest candidate) =>
        PromotionGate.Judge(
            Product,
            new GateContest(Model(Loans.Signal) with { Manifest = candidate }, Model(Loans.Blurred)),
            Loans.Bad,
            new Resampling(1, 20))[4];
}
