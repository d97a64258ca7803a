using System.Text;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Decisions.Records;
using LoanRisk.Store.Packages;

namespace LoanRisk.Tests.Store.Decisions.Records;

public sealed class UsualDecisionTests
{
    private static readonly string Products = ProductFolder.Resolve(null, AppContext.BaseDirectory);

    [Theory]
    [InlineData("peerloan")]
    [InlineData("german-credit")]
    public void A_record_of_a_shipped_product_repeats_none_of_its_words_and_comes_back(string id)
    {
        foreach (var stored in Decisions(id))
        {
            var line = DecisionLine.Of(stored, new DecisionContexts());
            var words = Encoding.UTF8.GetString(line.Record);

            Assert.DoesNotContain(stored.Decision.Features, name => words.Contains(name, StringComparison.Ordinal));
            Assert.DoesNotContain(
                stored.Decision.Reasons.Concat(stored.Decision.Favourable),
                reason => words.Contains(reason.Text.Split(' ')[0], StringComparison.Ordinal)
                    || words.Contains(reason.Text[^10..], StringComparison.Ordinal));
            Assert.InRange(line.Record.Length, 1, 17 * stored.Decision.Features.Count); // 8 of them are the contribution
            Assert.Equal(SameDecision.Text(stored), SameDecision.Text(line.ToStored()));
        }
    }

    [Fact]
    public void Warnings_knock_outs_and_unseen_values_are_made_of_phrases_too()
    {
        var (product, engine) = Engine("peerloan");
        var rule = product.Policy.KnockOuts[0];
        var values = new Dictionary<string, FieldValue>(Fields(product, product.Examples[0]))
        {
            ["loan_amnt"] = FieldValue.OfText("60000"),
            [rule.Feature] = FieldValue.OfText($"{rule.Value - 1}"), // the first rule is a floor
        };
        var stored = Store(engine.Decide(LoanApplication.Check(product, values, InputStyle.Text).Application!), values);

        var line = DecisionLine.Of(stored, new DecisionContexts());

        Assert.NotEmpty(stored.Decision.KnockOuts);
        Assert.NotEmpty(stored.Decision.Warnings);
        var words = Encoding.UTF8.GetString(line.Record);
        Assert.DoesNotContain("training", words);
        Assert.DoesNotContain(rule.Id, words);
        Assert.Equal(SameDecision.Text(stored), SameDecision.Text(line.ToStored()));
    }

    private static IEnumerable<StoredDecision> Decisions(string id)
    {
        var (product, engine) = Engine(id);
        return product.Examples.Select(example => Fields(product, example)).Select(
            values => Store(engine.Decide(LoanApplication.Check(product, values, InputStyle.Text).Application!), values));
    }

    private static (LoanProduct Product, DecisionEngine Engine) Engine(string id)
    {
        var product = ProductFolder.ReadAll(Products).Single(product => product.Id == id);
        return (product, new DecisionEngine(product, ProductFolder.ReadChampion(Products, product)!));
    }

    private static Dictionary<string, FieldValue> Fields(LoanProduct product, ExampleApplicant example) =>
        product.Features.Where(feature => example.Values.ContainsKey(feature.Name))
            .ToDictionary(feature => feature.Name, feature => FieldValue.OfText(example.Values[feature.Name]));

    private static StoredDecision Store(Decision decision, Dictionary<string, FieldValue> values) => new(
        new string('a', 36),
        new DateTimeOffset(2026, 11, 21, 6, 30, 15, TimeSpan.Zero),
        Origin.Api,
        [.. values.Select(field => KeyValuePair.Create(field.Key, field.Value.Text))],
        decision);
}
