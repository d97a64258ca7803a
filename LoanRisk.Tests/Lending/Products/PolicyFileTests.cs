using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Products;

public sealed class PolicyFileTests
{
    public static TheoryData<LoanProduct> Products =>
        [.. ProductFolder.ReadAll(Path.Combine(SharedFolder.Checkout, "products")), TinyLoan.Product];

    [Theory]
    [MemberData(nameof(Products), DisableDiscoveryEnumeration = true)]
    public void A_recorded_policy_is_read_as_it_was(LoanProduct product)
    {
        var read = PolicyFile.Read(PolicyFile.Write(product.Policy), product);

        Assert.Equivalent(product.Policy, read, strict: true);
        Assert.Equal(PolicyFile.HashOf(product.Policy), PolicyFile.HashOf(read));
    }

    [Fact]
    public void The_same_policy_spelled_otherwise_has_the_same_hash()
    {
        var spelled = TinyLoan.Json.Replace(
            "\"approveBelow\": 0.2, \"declineFrom\": 0.6,", "\"declineFrom\": 0.60,\n \"approveBelow\": 2e-1,", StringComparison.Ordinal);
        Assert.NotEqual(TinyLoan.Json, spelled);

        Assert.Equal(PolicyFile.HashOf(TinyLoan.Product.Policy), PolicyFile.HashOf(ProductFile.Parse(spelled, "tiny").Policy));
    }

    [Theory]
    [InlineData("\"approveBelow\": 0.2", "\"approveBelow\": 0.21")]
    [InlineData("\"version\": \"7\"", "\"version\": \"8\"")]
    [InlineData("\"badApproved\": 5", "\"badApproved\": 6")]
    [InlineData("\"decline\": \"Refuse\"", "\"decline\": \"No\"")]
    [InlineData("\"value\": 4000", "\"value\": 4001")]
    [InlineData("\"levels\": [\"S\"]", "\"levels\": [\"E\"]")]
    [InlineData("No loans in the south.", "None in the south.")]
    [InlineData("}, \"unseen\": \"flag\",", "}, \"unseen\": \"refer\",")]
    public void Whatever_changes_in_a_policy_changes_its_hash(string from, string to)
    {
        var changed = ProductFile.Parse(TinyLoan.Json.Replace(from, to, StringComparison.Ordinal), "tiny");

        Assert.NotEqual(PolicyFile.HashOf(TinyLoan.Product.Policy), PolicyFile.HashOf(changed.Policy));
        Assert.NotEqual(TinyLoan.Product.FileHash, changed.FileHash);
    }

    [Fact]
    public void A_product_keeps_the_hash_of_its_file() =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TinyLoan.Json))), TinyLoan.Product.FileHash);

    [Fact]
    public void A_recorded_policy_whose_rule_looks_at_a_feature_that_is_gone_cannot_be_read()
    {
        var without = TinyLoan.Product with { Features = [.. TinyLoan.Product.Features.Where(f => f.Name != "region")] };

        Assert.Contains(
            "region",
            Assert.Throws<ProductFileException>(() => PolicyFile.Read(PolicyFile.Write(TinyLoan.Product.Policy), without)).Problem);
    }

    [Theory]
    [InlineData("1", "2", true)]
    [InlineData("9", "10", true)]
    [InlineData("1.9", "1.10", true)]
    [InlineData("1", "1.1", true)]
    [InlineData("2026-09", "2026-11", true)]
    [InlineData("2b", "3", true)]
    [InlineData("2b", "2", false)]
    [InlineData("final", "1", true)]
    [InlineData("2026-09", "2026.10", true)]
    [InlineData("1", "1", false)]
    [InlineData("2", "1", false)]
    [InlineData("10", "9", false)]
    [InlineData("1.1", "1", false)]
    [InlineData("01", "1", false)]
    [InlineData("1", "99999999999999999999999999", true)]
    public void A_version_is_raised_when_its_numbers_are(string from, string to, bool raised) =>
        Assert.Equal(raised, PolicyVersion.IsRaised(from, to));

    [Theory]
    [InlineData("2b")]
    [InlineData("v2")]
    [InlineData("1..2")]
    [InlineData("1.")]
    [InlineData("1 2")]
    [InlineData("-1")]
    public void A_version_that_no_rule_orders_is_refused_in_a_product_file_by_its_place_and_read_where_it_was_recorded(string version)
    {
        var json = JsonNode.Parse(File.ReadAllText(PeerLoan.FilePath))!;
        json["policy"]!["version"] = version;

        var error = Assert.Throws<ProductFileException>(() => ProductFile.Parse(json.ToJsonString(), "product.json"));
        var recorded = PolicyFile.Read(PolicyFile.Write(TinyLoan.Product.Policy with { Version = version }), TinyLoan.Product);

        Assert.StartsWith("product.json, $.policy.version: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be compared. A version is a whole number, or whole numbers joined by dots or hyphens, for example 3, 1.10 or 2026-11",
            error.Message);
        Assert.Equal(version, recorded.Version);
    }
}
