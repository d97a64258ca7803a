using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Products;

/// <summary>What applicants are told by the products that ship.</summary>
public sealed class ReasonWordingTests
{
    private const int FewestWords = 5;

    // They name nothing: an applicant learns as much from "no".
    private static readonly string[] Vague =
    [
        "a value like",
        "like this",
        "like these",
        "of this kind",
        "of this group",
        "in this state",
        "this raises",
        "this lowers",
        "way of living",
    ];

    public static TheoryData<LoanProduct> Products => [.. ProductFolder.ReadAll(Path.Combine(SharedFolder.Checkout, "products"))];

    [Theory]
    [MemberData(nameof(Products), DisableDiscoveryEnumeration = true)]
    public void Each_reason_names_what_counts_in_words_of_its_own(LoanProduct product)
    {
        Assert.All(product.Features.SelectMany(f => new[] { f.Reason, f.InFavour }), text =>
        {
            Assert.True(text.Split(' ').Length >= FewestWords, text);
            Assert.DoesNotContain(Vague, vague => text.Contains(vague, StringComparison.OrdinalIgnoreCase));
        });
        Assert.Equal(product.Features.Count, product.Features.Select(f => f.Reason).Distinct().Count());
        Assert.All(product.Features, f => Assert.NotEqual(f.Reason, f.InFavour));
        Assert.All(product.Policy.KnockOuts, rule => Assert.True(rule.Reason.Split(' ').Length >= FewestWords, rule.Reason));
    }

    [Theory]
    [MemberData(nameof(Products), DisableDiscoveryEnumeration = true)]
    public void No_product_that_ships_a_champion_looks_at_sex_or_origin(LoanProduct product)
    {
        if (Directory.Exists(ProductFolder.ChampionFolder(Path.Combine(SharedFolder.Checkout, "products"), product)))
        {
            Assert.DoesNotContain(
                product.Features,
                f => f.Protected
                    && (f.Label.Contains("sex", StringComparison.OrdinalIgnoreCase)
                || f.Label.Contains("foreign", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public void What_an_earlier_draft_left_to_be_written_is_told_to_nobody()
    {
        var drafted = TinyLoan.Json.Replace("the amount raises the risk", "a value like this raises the risk", StringComparison.Ordinal)
            .Replace("the amount lowers the risk", "a value like this lowers the risk", StringComparison.Ordinal)
            .Replace("\"label\": \"Amount\"", "\"label\": \"Amount asked for\"", StringComparison.Ordinal);

        var feature = ProductFile.Parse(drafted, "tiny").Features[0];

        Assert.Equal(("the amount asked for raises the risk", "the amount asked for lowers the risk"), (feature.Reason, feature.InFavour));
    }
}
