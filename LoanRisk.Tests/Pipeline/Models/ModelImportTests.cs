using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Models;
using LoanRisk.Tests.Training;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>Which models fit a product, and what is said of those that do not.</summary>
[Slow]
public sealed class ModelImportTests
{
    [Theory]
    [InlineData("multiclass", "objective is \"multiclass")]
    [InlineData("cross_entropy_lambda", "objective is \"cross_entropy_lambda\"")]
    [InlineData("regression", "objective is \"regression\"")]
    public void A_model_that_gives_no_probability_of_one_outcome_is_refused(string name, string why)
    {
        var golden = GoldenFolder.Golden(name);

        Refused(golden.ModelText, GoldenProduct.Of(golden.Load()), why);
    }

    [Fact]
    public void Features_that_are_not_the_products_are_refused_by_name()
    {
        var golden = GoldenFolder.Golden("bin_pandas");
        var product = GoldenProduct.Of(golden.Load());

        Refused(
            golden.ModelText.Replace("feature_names=amt grade", "feature_names=grade amt", StringComparison.Ordinal),
            product,
            "in another order");
        Refused(
            golden.ModelText.Replace("amt", "sum", StringComparison.Ordinal),
            product,
            "The model lacks amt. The product does not know sum.");
    }

    [Fact]
    public void Categories_that_are_not_the_products_are_refused_by_level()
    {
        var golden = GoldenFolder.Golden("bin_pandas");
        var product = GoldenProduct.Of(golden.Load());

        Refused(
            golden.ModelText.Replace("\"A\", \"B\"", "\"B\", \"A\"", StringComparison.Ordinal),
            product,
            "grade: code 0 is \"B\" in the model and \"A\" in the product");
        Refused(
            golden.ModelText.Replace(", [36, 60]]", "]", StringComparison.Ordinal),
            product,
            "3 pandas category columns; the product has 4 nominal features");
        Refused(
            golden.ModelText,
            WithGrade(product, grade => grade with { Levels = [.. grade.Levels.Take(4)] }),
            "category 6 of grade; the product has 4 levels");
        Refused(golden.ModelText, WithGrade(product, grade => grade with { Kind = FeatureKind.Ordinal }), "grade is ordinal");
        var clean = GoldenFolder.Golden("bin_clean");
        Refused(clean.ModelText, NominalFirst(clean.Load()), "is nominal: its categories have no order");
    }

    [Fact]
    public void A_model_trained_on_the_datas_columns_takes_the_products_names()
    {
        var golden = GoldenFolder.Golden("bin_pandas");
        var product = ProductFile.Parse(GoldenProduct.Json(golden.Load(), column: name => $"The {name}"), "golden/product.json");
        var text = product.FeatureNames.Aggregate(golden.ModelText, (whole, name) => whole
            .Replace($"={name} ", $"=The_{name} ", StringComparison.Ordinal).Replace($" {name} ", $" The_{name} ", StringComparison.Ordinal)
            .Replace($" {name}\n", $" The_{name}\n", StringComparison.Ordinal)
                .Replace($"\n{name}=", $"\nThe_{name}=", StringComparison.Ordinal));
        Assert.Contains("feature_names=The_amt The_grade The_home The_rate The_emp The_term\n", text, StringComparison.Ordinal);
        Assert.Contains("\nThe_amt=", text, StringComparison.Ordinal);

        var package = ModelImport.Run(product, text, "model.txt", null, TestConsole.Now);

        Assert.Equal(product.FeatureNames, package.Trees.FeatureNames);
    }

    private static void Refused(string text, LoanProduct product, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<InvalidInputException>(() => ModelImport.Run(product, text, "model.txt", null, TestConsole.Now)).Message,
            StringComparison.Ordinal);

    private static LoanProduct WithGrade(LoanProduct product, Func<Feature, Feature> change) =>
        product with { Features = [.. product.Features.Select(feature => feature.Name == "grade" ? change(feature) : feature)] };

    private static LoanProduct NominalFirst(TreeModel model)
    {
        var product = GoldenProduct.Of(model);
        return product with
        {
            Features =
            [
                product.Features[0] with { Kind = FeatureKind.Nominal, Levels = [new Level("a", "A"), new Level("b", "B")] },
                .. product.Features.Skip(1),
            ],
        };
    }
}
