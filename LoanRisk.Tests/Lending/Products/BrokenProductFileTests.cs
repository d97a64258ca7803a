using LoanRisk.Lending.ProductFiles;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Products;

/// <summary>What is wrong with a product file is said with its place.</summary>
public sealed class BrokenProductFileTests
{
    private const string Change = """{ "direction": "decrease", "step": 5, "most": 5000 }""";

    /// <summary>What is replaced, by what, the place that is named, and a part of what is said.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        // ids and names
        { "\"id\": \"tiny\"", "\"id\": \"Tiny\"", "$.id", "lower-case letters" },
        { "\"id\": \"tiny\"", "\"id\": \"../tiny\"", "$.id", "lower-case letters" },
        { "\"id\": \"tiny\"", "\"id\": 5", "$.id", "Expected a text, found a number" },
        { "\"id\": \"tiny\", ", "", "$.id", "\"id\" is missing" },
        { "\"id\": \"tiny\"", "\"id\": \"tiny\", \"id\": \"tiny\"", "$.id", "given twice" },
        { "\"name\": \"TinyLoan\"", "\"name\": \"\"", "$.name", "1 to 500 characters" },
        { "\"name\": \"TinyLoan\"", "\"name\": \" TinyLoan\"", "$.name", "without spaces at its ends" },
        { "\"name\": \"TinyLoan\"", "\"name\": \"Tiny\\nLoan\"", "$.name", "on one line" },
        { "\"name\": \"TinyLoan\"", "\"name\": \"\\ud800\"", "$.name", "surrogate" },
        { "\"name\": \"TinyLoan\"", "\"nmae\": \"TinyLoan\"", "$.nmae", "Did you mean \"name\"?" },
        { "\"name\": \"TinyLoan\"", "\"name\": null", "$.name", "found null" },
        { "\"currency\": \"EUR\"", "\"currency\": \"Euro\"", "$.currency", "three capital letters" },
        { "\"currency\": \"EUR\"", "\"currency\": \"eur\"", "$.currency", "three capital letters" },
        // target and groups
        { "\"good\": \"no\"", "\"good\": \"yes\"", "$.target.good", "different values" },
        { "\"column\": \"bad\"", "\"column\": \"is late \"", "$.target.column", "without spaces at its ends" },
        { "\"noun\": \"bad\", ", "", "$.target.noun", "\"noun\" is missing" },
        { "{ \"id\": \"person\", ", "{ \"id\": \"loan\", ", "$.groups[1].id", "another group \"loan\"" },
        { "[ { \"id\": \"loan\", \"label\": \"The loan\" }, { \"id\": \"person\", \"label\": "
            + "\"The person\" } ]", "[]", "$.groups", "at least one" },
        // features
        { "\"name\": \"rate\"", "\"name\": \"Amount\"", "$.features[1].name", "another feature \"Amount\"" },
        { "\"name\": \"rate\"", "\"name\": \"bad\"", "$.features[1].name", "target column" },
        { "\"name\": \"rate\"", "\"name\": \"interest rate\"", "$.features[1].name", "letters, digits and underscores" },
        { "\"help\": \"How much.\", \"group\": \"loan\"",
            "\"help\": \"How much.\", \"group\": \"money\"", "$.features[0].group", "there are \"loan\", \"person\"" },
        { "\"kind\": \"binary\"", "\"kind\": \"boolean\"", "$.features[2].kind", "\"numeric\", \"binary\", \"ordinal\", \"nominal\"" },
        { "\"unit\": \"money\"", "\"unit\": \"dollars\"", "$.features[0].unit",
            "\"none\", \"money\", \"fraction\", \"percent\", \"years\", \"count\"" },
        { "\"integer\": true", "\"integer\": \"true\"", "$.features[0].integer", "Expected true or false, found a text" },
        { "\"missing\": \"refused\"", "\"missing\": false", "$.features[0].missing", "Expected a text, found false" },
        { "\"missing\": \"refused\"", "\"missing\": \"no\"", "$.features[0].missing", "\"refused\", \"allowed\"" },
        { "\"unseen\": \"refuse\"", "\"unseen\": \"reject\"", "$.features[2].unseen", "\"flag\", \"refuse\"" },
        { "\"inFavour\": \"the rate lowers the risk\", ", "", "$.features[1].inFavour", "is missing" },
        { "\"monotone\": 1", "\"monotone\": 2", "$.features[0].monotone", "Allowed are 1" },
        { "\"monotone\": 1", "\"monotone\": \"up\"", "$.features[0].monotone", "Expected a number" },
        { "\"kind\": \"nominal\",", "\"kind\": \"nominal\", \"monotone\": 1,", "$.features[4].monotone", "nominal feature has no order" },
        { Change, "1", "$.features[0].changeable", "true, false or an object" },
        { Change, "{ \"way\": \"down\" }", "$.features[0].changeable.way", "direction, step, most" },
        { Change, "{ \"direction\": \"down\" }", "$.features[0].changeable.direction", "\"decrease\"" },
        { Change, "{ \"direction\": \"increase\" }", "$.features[0].changeable.direction", "would never help" },
        { Change, "{ \"step\": 0 }", "$.features[0].changeable.step", "above 0 and at most 5000" },
        { Change, "{ \"step\": 0.5 }", "$.features[0].changeable.step", "whole numbers only" },
        { Change, "{ \"step\": 100, \"most\": 50 }", "$.features[0].changeable.most", "below \"step\"" },
        { "\"changeable\": false", "\"changeable\": { \"most\": 1 }", "$.features[1].changeable.most", "at most 0.5" },
        { "\"protected\": true,", "\"protected\": true, \"changeable\": true,", "$.features[2].changeable", "is protected" },
        { "\"kind\": \"nominal\",", "\"kind\": \"nominal\", \"changeable\": { \"direction\": \"increase\" },",
            "$.features[4].changeable.direction", "no order" },
        { "\"kind\": \"ordinal\",", "\"kind\": \"ordinal\", \"changeable\": { \"step\": 1 },",
            "$.features[3].changeable.step", "Only a number" },
        { "\"example\": \"500\"", "\"example\": \"500.5\"", "$.features[0].example", "whole number" },
        { "\"example\": \"0.0725\"", "\"example\": \"7.25\"", "$.features[1].example", "from 0 to 0.5" },
        // ranges
        { "\"min\": 0, \"max\": 5000", "\"min\": 5000, \"max\": 0", "$.features[0].allowed", "smaller comes first" },
        { "\"min\": 0, \"max\": 5000", "\"min\": 0.5, \"max\": 5000", "$.features[0].allowed.min", "whole numbers only" },
        { "\"min\": 0, \"max\": 5000", "\"min\": 0, \"max\": 1e999", "$.features[0].allowed.max", "too large" },
        { "\"min\": 0, \"max\": 5000", "\"min\": 0, \"max\": \"5000\"", "$.features[0].allowed.max", "Expected a number, found a text" },
        { "\"min\": 0, \"max\": 5000", "\"min\": 0", "$.features[0].allowed.max", "is missing" },
        { "\"min\": 100, \"max\": 3000", "\"min\": 100, \"max\": 6000", "$.features[0].seen", "within 0 to 5000" },
        { "\"allowed\": { \"min\": 0, \"max\": 5000 }, ", "", "$.features[0].allowed", "a numeric feature names the values" },
        { "\"seen\": { \"min\": 100, \"max\": 3000 }, ", "", "$.features[0].seen", "a numeric feature names the range" },
        { "\"kind\": \"nominal\",",
            "\"kind\": \"nominal\", \"allowed\": { \"min\": 0, \"max\": 1 },", "$.features[4].allowed", "Only a numeric feature" },
        { "\"kind\": \"nominal\",", "\"kind\": \"nominal\", \"unit\": \"count\",", "$.features[4].unit", "Only a numeric feature" },
        { "\"unit\": \"fraction\",", "\"unit\": \"fraction\", \"levels\": [],", "$.features[1].levels", "has no levels" },
        // levels
        { "\"value\": \"mid\"", "\"value\": \"low\"", "$.features[3].levels[1].value", "already spells a level" },
        { "\"value\": \"mid\"", "\"value\": 5", "$.features[3].levels[1].value", "Expected a text" },
        { "\"spellings\": [\"n\"]", "\"spellings\": [\"n\", \"n\"]", "$.features[2].levels[0].spellings[1]", "already spells a level" },
        { "\"spellings\": [\"n\"]", "\"spellings\": [\"0\"]", "$.features[2].levels[0].spellings[0]", "already spells a level" },
        { "\"label\": \"Middling\"", "\"label\": \"Low\"", "$.features[3].levels[1].label", "level labelled \"Low\"" },
        { "{ \"value\": \"1\", \"label\": \"Yes\" }",
            "{ \"value\": \"1\", \"label\": \"Yes\" }, { \"value\": \"2\", \"label\": "
                + "\"Often\" }", "$.features[2].levels", "exactly two levels; here are 3" },
        { "[ { \"value\": \"N\", \"label\": \"North\" }, { \"value\": \"E\", \"label\": \"East\" }, { \"value\": \"S\", \"label\": "
            + "\"South\" } ]", "[]", "$.features[4].levels", "at least one" },
        // missing values
        { "\"missing\": \"allowed\", \"missingSpellings\": [\"unknown\"]",
            "\"missingSpellings\": [\"unknown\"]", "$.features[1].missingSpellings", "need \"missing\": \"allowed\"" },
        { "\"missingSpellings\": [\"unknown\"]",
            "\"missingSpellings\": [\"0.10\"]", "$.features[1].missingSpellings[0]", "is a value of this feature" },
        { "\"missingSpellings\": [\"n/a\"]",
            "\"missingSpellings\": [\"mid\"]", "$.features[3].missingSpellings[0]", "is a value of this feature" },
        { "\"missingSpellings\": [\"n/a\"]",
            "\"missingSpellings\": [\"n/a\", \"n/a\"]", "$.features[3].missingSpellings[1]", "another spelling" },
        { "\"missingSpellings\": [\"n/a\"]", "\"missingSpellings\": [\"\"]", "$.features[3].missingSpellings[0]", "1 to 500 characters" },
        // fairness attributes and examples
        { "[\"age_band\"]", "[\"Amount Asked For\"]", "$.fairnessAttributes[0]", "one purpose" },
        { "[\"age_band\"]", "[\"rating\"]", "$.fairnessAttributes[0]", "never enters the model" },
        { "[\"age_band\"]", "[\"age_band\", \"age_band\"]", "$.fairnessAttributes[1]", "another attribute" },
        { "\"amount\": \"500\"", "\"amount\": \"lots\"", "$.examples[0].values.amount", "must be a whole number" },
        { "\"amount\": \"500\", ", "", "$.examples[0].values.amount", "is required" },
        { "\"amount\": \"500\"", "\"amuont\": \"500\"", "$.examples[0].values.amuont", "Did you mean \"amount\"?" },
        { "\"owner\": \"1\"", "\"owner\": \"2\"", "$.examples[0].values.owner", "one of \"0\", \"1\"" },
        { "\"owner\": \"1\"", "\"owner\": 1", "$.examples[0].values.owner", "Expected a text" },
        // columns of the data
        { "\"column\": \"Amount asked for\"", "\"column\": \"BAD\"", "$.features[0].column", "target column" },
        { "\"column\": \"Amount asked for\"", "\"column\": \"Rate\"", "$.features[0].column", "Another feature" },
        { "\"column\": \"Client no.\"", "\"column\": \"rating\"", "$.ids[0].column", "one purpose" },
        { "\"column\": \"Client no.\"", "\"column\": \"amount asked for\"", "$.ids[0].column", "one purpose" },
        { "\"column\": \"paid out\"", "\"column\": \"Client no.\"", "$.date.column", "one purpose" },
        { "\"lookup\": true, \"repeats\": \"updates\" }",
            "\"lookup\": true }, { \"column\": \"b\", \"label\": \"B\", \"lookup\": true }", "$.ids[1].lookup", "by one column" },
        { "\"format\": \"dd.MM.yyyy\"", "\"format\": \"dd.MM.\"", "$.date.format", "year and month" },
        { "\"format\": \"dd.MM.yyyy\"", "\"format\": \"%\"", "$.date.format", "no format of dates" },
        { "\"licence\": \"none\", ", "", "$.source.licence", "is missing" },
        // made-up rows
        { "\"badRate\": 0.3", "\"badRate\": 1", "$.generate.badRate", "strictly between 0 and 1" },
        { "[100, 500, 3000]", "[100]", "$.features[0].generate.quantiles", "at least these two" },
        { "[100, 500, 3000]", "[100, 3000, 500]", "$.features[0].generate.quantiles[2]", "never fall" },
        { "[100, 500, 3000]", "[100, 500, 9000]", "$.features[0].generate.quantiles[2]", "(0 to 5000)" },
        { "\"low\": 0.5, \"high\": 0.5", "\"low\": 0.5, \"high\": 0.4", "$.features[3].generate.shares", "add up to 0.9" },
        { "\"low\": 0.5, \"high\": 0.5", "\"low\": 0.5, \"hihg\": 0.5", "$.features[3].generate.shares.hihg", "Did you mean \"high\"?" },
        { "\"missingShare\": 0.25", "\"missingShare\": 1", "$.features[3].generate.missingShare", "Some values" },
        { "\"effect\": 0.5",
            "\"effect\": 0.5, \"missingShare\": 0.1", "$.features[0].generate.missingShare", "needs \"missing\": \"allowed\"" },
        { "\"effect\": 0.5", "\"effect\": 50", "$.features[0].generate.effect", "out of proportion" },
        // training
        { "\"num_leaves\": \"4\"", "\"num_leaves\": \"0\"", "$.training.num_leaves", "num_leaves" },
        { "\"num_leaves\": \"4\"", "\"num_leafs_\": \"4\"", "$.training.num_leafs_", "num_leafs_" },
        { "\"num_leaves\": \"4\"", "\"objective\": \"poisson\"", "$.training.objective", "a product's objective is binary" },
        { "\"num_leaves\": \"4\"", "\"drop_rate\": \"4\"", "$.training.drop_rate", "a number from 0 to 1" },
        { "\"num_leaves\": \"4\"", "\"num_leaves\": 4", "$.training.num_leaves", "Expected a text" },
        { "\"num_leaves\": \"4\"", "\"num_leaves\": \"4\", \"num_leaves\": \"5\"", "$.training.num_leaves", "given twice" },
        // promotion
        { "\"metric\": \"logLoss\"", "\"metric\": \"gini\"", "$.promotion.metric", "\"auc\", \"brier\", \"logLoss\"" },
        { "\"minimumGain\": 0.001", "\"minimumGain\": -0.001", "$.promotion.minimumGain", "a worse model never passes" },
        { "\"mustBeSignificant\": false", "\"mustBeSignificant\": 0", "$.promotion.mustBeSignificant", "Expected true or false" },
        { "\"largestCalibrationError\": 0.5", "\"largestCalibrationError\": 0", "$.promotion.largestCalibrationError", "above 0" },
        { "\"min\": 0.7, \"max\": 1.5", "\"min\": 1.7, \"max\": 1.5", "$.promotion.calibrationSlope", "the smaller comes first" },
        // drift
        { "\"level\": 0.02", "\"level\": 0", "$.drift.level", "above 0 and up to 0.5" },
        { "\"level\": 0.02", "\"level\": 0.9", "$.drift.level", "above 0 and up to 0.5" },
        { "\"correction\": \"sidak\"", "\"correction\": \"tukey\"", "$.drift.correction", "\"holm\", \"benjaminiHochberg\"" },
        { "\"stability\": 0.2", "\"stability\": 0", "$.drift.stability", "above 0" },
        { "\"standardisedDifference\": 0.3", "\"standardisedDifference\": -1", "$.drift.standardisedDifference", "above 0" },
        { "\"cramersV\": 0.15", "\"cramersV\": 1.5", "$.drift.cramersV", "up to 1" },
        { "\"cliffsDelta\": 0.25", "\"cliffsDelta\": 2", "$.drift.cliffsDelta", "up to 1" },
        { "\"period\": \"count\"", "\"period\": \"year\"", "$.drift.period", "\"day\", \"week\", \"month\"" },
        { "\"period\": \"count\"", "\"period\": \"week\"", "$.drift.window", "as many decisions as fall into it" },
        { "\"window\": 200", "\"window\": 20", "$.drift.window", "50 to 100,000" },
        { "\"window\": 200", "\"window\": 200.5", "$.drift.window", "50 to 100,000" },
        // policy
        { "\"approveBelow\": 0.2", "\"approveBelow\": 0", "$.policy.approveBelow", "strictly between 0 and 1" },
        { "\"approveBelow\": 0.2", "\"approveBelow\": 0.7", "$.policy.declineFrom", "approveBelow <= declineFrom" },
        { "\"declineFrom\": 0.6", "\"declineFrom\": 1", "$.policy.declineFrom", "strictly between 0 and 1" },
        { "\"declineFrom\": 0.6", "\"declineFrom\": \"0.6\"", "$.policy.declineFrom", "Expected a number" },
        { "\"badApproved\": 5", "\"badApproved\": 0", "$.policy.costs.badApproved", "above 0" },
        { "\"goodRefused\": 1", "\"goodRefused\": -1", "$.policy.costs.goodRefused", "above 0" },
        { "\"approve\": \"Lend\"", "\"approve\": \"Lend without looking\"", "$.policy.words.approve", "at most 16 characters" },
        { "\"approve\": \"Lend\"", "\"approve\": \"refuse\"", "$.policy.words.decline", "another outcome called" },
        { "\"id\": \"too-cheap\"", "\"id\": \"too-much\"", "$.policy.knockOuts[1].id", "another knock-out rule" },
        { "\"feature\": \"region\"", "\"feature\": \"country\"", "$.policy.knockOuts[2].feature", "no feature \"country\"" },
        { "\"when\": \"above\"", "\"when\": \"over\"", "$.policy.knockOuts[0].when", "\"below\", \"above\", \"oneOf\"" },
        { "\"feature\": \"amount\", \"when\": \"above\"",
            "\"feature\": \"rating\", \"when\": \"above\"", "$.policy.knockOuts[0].when", "use \"oneOf\"" },
        { "\"feature\": \"region\", \"when\"", "\"feature\": \"rate\", \"when\"", "$.policy.knockOuts[2].when", "is numeric" },
        { "\"value\": 4000, ", "", "$.policy.knockOuts[0].value", "compare with a number" },
        { "\"value\": 4000", "\"value\": 9000", "$.policy.knockOuts[0].value", "never or always" },
        { "\"value\": 4000", "\"value\": 4000, \"levels\": [\"S\"]", "$.policy.knockOuts[0].levels", "belong to" },
        { "\"levels\": [\"S\"], ", "", "$.policy.knockOuts[2].levels", "names the levels" },
        { "\"levels\": [\"S\"]", "\"levels\": [\"W\"]", "$.policy.knockOuts[2].levels[0]", "not a level of \"region\"" },
        { "\"levels\": [\"S\"]", "\"levels\": \"S\"", "$.policy.knockOuts[2].levels", "Expected an array" },
        // JSON itself
        { "\"schemaVersion\": \"3\",", "\"schemaVersion\": \"3\"", "line 3, position 94", "This is not JSON" },
        { "\"schemaVersion\": \"3\",", "\"schemaVersion\": \"3\", // three", "line 3, position 95", "This is not JSON" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_product_file_is_refused_and_the_place_named(string original, string broken, string place, string said)
    {
        Assert.Contains(original, TinyLoan.Json, StringComparison.Ordinal);
        var at = TinyLoan.Json.IndexOf(original, StringComparison.Ordinal);
        var json = TinyLoan.Json.Remove(at, original.Length).Insert(at, broken);

        var exception = Assert.Throws<ProductFileException>(() => ProductFile.Parse(json, "tiny/product.json"));

        Assert.Equal(place, exception.Place);
        Assert.Contains(said, exception.Problem, StringComparison.Ordinal);
        Assert.StartsWith($"tiny/product.json, {place}: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1, position 1")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("{", "line 1, position 2")]
    [InlineData("{}{}", "line 1, position 3")]
    public void Text_that_is_no_object_is_refused(string json, string place) =>
        Assert.Equal(place, Assert.Throws<ProductFileException>(() => ProductFile.Parse(json, "x.json")).Place);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<ProductFileException>(() => ProductFile.Parse(new string('[', 100_000), "x.json"));
}
