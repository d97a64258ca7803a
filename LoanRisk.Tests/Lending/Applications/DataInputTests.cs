using System.Text.Json;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>Bad values as programs send them: JSON documents, query strings, CSV files.</summary>
public sealed class DataInputTests
{
    /// <summary>The field, the JSON that was sent, the kind of problem, and the message.</summary>
    public static TheoryData<string, string, FieldProblemKind, string> BadJson => new()
    {
        { "annual_inc", "\"42000\"", FieldProblemKind.NotANumber,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"42000\"." },
        { "annual_inc", "\"abc\"", FieldProblemKind.NotANumber,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"abc\"." },
        { "annual_inc", "\"NaN\"", FieldProblemKind.NotANumber,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"NaN\"." },
        { "annual_inc", "-1", FieldProblemKind.OutOfRange,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; -1 is outside." },
        { "annual_inc", "1e999", FieldProblemKind.OutOfRange,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; 1e999 is outside." },
        { "annual_inc", "-1e999", FieldProblemKind.OutOfRange,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; -1e999 is outside." },
        { "annual_inc", "true", FieldProblemKind.WrongType,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was true." },
        { "annual_inc", "[42000]", FieldProblemKind.WrongType,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was [42000]." },
        { "annual_inc", "{\"a\":1}", FieldProblemKind.WrongType,
            "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was {\"a\":1}." },
        { "annual_inc", "null", FieldProblemKind.Required,
            "annual_inc is required: a JSON number from 0 to 100000000, for example 42000." },
        { "annual_inc", "\"\"", FieldProblemKind.Required,
            "annual_inc is required: a JSON number from 0 to 100000000, for example 42000." },
        { "int_rate", "20.39", FieldProblemKind.OutOfRange,
            "int_rate must be a JSON number (a fraction: 0.25 is 25 %) from 0 to 0.6, for example 0.1198; 20.39 is outside." },
        { "dti", "1000", FieldProblemKind.OutOfRange,
            "dti must be a JSON number (in percent: 25 is 25 %) from 0 to 999, for example 16.7; 1000 is outside." },
        { "loan_amnt", "12000.5", FieldProblemKind.NotWhole,
            "loan_amnt must be a whole JSON number from 500 to 100000, for example 12000; 12000.5 is not whole." },
        { "revol_util", "\"0.5\"", FieldProblemKind.NotANumber,
            "revol_util must be a JSON number (a fraction: 0.25 is 25 %) from 0 to 5, for example 0.413, or null when not known; "
                + "it was the text \"0.5\"." },
        { "grade", "\"H\"", FieldProblemKind.UnknownLevel,
            "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"H\"." },
        { "grade", "4", FieldProblemKind.WrongType,
            "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was 4." },
        { "grade", "false", FieldProblemKind.WrongType,
            "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was false." },
        { "grade", "\"\\ud800\"", FieldProblemKind.WrongType,
            "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"\\ud800\"." },
        { "grade", "null", FieldProblemKind.Required,
            "grade is required: a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"." },
    };

    [Theory]
    [MemberData(nameof(BadJson))]
    public void Json_that_cannot_be_used_is_answered_in_the_data_s_terms(string field, string json, FieldProblemKind kind, string message)
    {
        using var document = JsonDocument.Parse(json);

        var problem = Problem(field, FieldValue.OfJson(document.RootElement), InputStyle.Json);

        Assert.Equal(new FieldProblem(field, kind, message), problem);
    }

    /// <summary>The field, the text that was sent, the kind of problem, and the message.</summary>
    public static TheoryData<string, string?, FieldProblemKind, string> BadText => new()
    {
        { "annual_inc", null, FieldProblemKind.Required, "annual_inc is required: a number from 0 to 100000000, for example 42000." },
        { "annual_inc", " ", FieldProblemKind.Required, "annual_inc is required: a number from 0 to 100000000, for example 42000." },
        { "annual_inc", "42,00", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"42,00\"." },
        { "annual_inc", "0,500", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"0,500\"." },
        { "annual_inc", "€42000", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"€42000\"." },
        { "dti", "$5", FieldProblemKind.NotANumber,
            "dti must be a number (in percent: 25 is 25 %) from 0 to 999, for example 16.7; it was \"$5\"." },
        { "annual_inc", "0x10", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"0x10\"." },
        { "annual_inc", "NaN", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"NaN\"." },
        { "annual_inc", "Infinity", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"Infinity\"." },
        { "annual_inc", "-inf", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"-inf\"." },
        { "annual_inc", "1e", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"1e\"." },
        { "annual_inc", "--1", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"--1\"." },
        { "annual_inc", "1.2.3", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"1.2.3\"." },
        { "annual_inc", "٤٢", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"٤٢\"." },
        { "annual_inc", "42\0", FieldProblemKind.NotANumber,
            "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"42\uFFFD\"." },
        { "annual_inc", "1e999", FieldProblemKind.OutOfRange,
            "annual_inc must be a number from 0 to 100000000, for example 42000; 1e999 is outside." },
        { "delinq_2yrs", "0.5", FieldProblemKind.NotWhole,
            "delinq_2yrs must be a whole number from 0 to 200, for example 0; 0.5 is not whole." },
        { "loan_amnt", "499", FieldProblemKind.OutOfRange,
            "loan_amnt must be a whole number from 500 to 100000, for example 12000; 499 is outside." },
        { "revol_util", "none", FieldProblemKind.NotANumber,
            "revol_util must be a number (a fraction: 0.25 is 25 %) from 0 to 5, for example 0.413, or empty when not known; "
                + "it was \"none\"." },
        { "grade", "AB", FieldProblemKind.UnknownLevel,
            "grade must be one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"AB\"." },
    };

    [Theory]
    [MemberData(nameof(BadText))]
    public void Text_that_cannot_be_used_is_answered_in_the_data_s_terms(string field, string? text, FieldProblemKind kind, string message)
    {
        Assert.Equal(new FieldProblem(field, kind, message), Problem(field, FieldValue.OfText(text), InputStyle.Text));
    }

    /// <summary>The field, how people and programs write it, and how it is stored.</summary>
    public static TheoryData<string, string, string> PeoplesText => new()
    {
        { "annual_inc", "42,000", "42000" },
        { "annual_inc", "$42,000.50", "42000.5" },
        { "annual_inc", "42\u00A0000", "42000" },
        { "annual_inc", "\uFEFF42\u202F000 USD\u200B", "42000" },
        { "loan_amnt", "12 000", "12000" },
        { "int_rate", "20.39%", "0.2039" },
        { "int_rate", " 6.0 %", "0.06" },
        { "int_rate", "0.2039", "0.2039" },
        { "dti", "16.7 %", "16.7" },
        { "home_ownership", "Mortgage", "MORTGAGE" },
        { "home_ownership", "mortgage", "MORTGAGE" },
        { "grade", "a", "A" },
        { "purpose", "Debt_Consolidation", "debt_consolidation" },
    };

    [Theory]
    [MemberData(nameof(PeoplesText))]
    public void Text_is_read_as_people_write_it(string field, string text, string stored)
    {
        var application = LoanApplication.Check(
            PeerLoan.Product, PeerLoan.Fields((field, FieldValue.OfText(text))), InputStyle.Text).Application!;

        Assert.Equal(stored, application.Values[PeerLoan.Product.FeatureNames.ToList().IndexOf(field)]);
        Assert.Empty(application.Warnings);
    }

    [Theory]
    [InlineData(InputStyle.Json)]
    [InlineData(InputStyle.Text)]
    [InlineData(InputStyle.Screen)]
    public void A_level_in_another_case_is_the_same_level_on_every_way_in_where_one_alone_is_meant(InputStyle style)
    {
        var product = WithLevels(PeerLoan.Product, "purpose", "Car", "car", "Boat");
        FieldReading Read(string text) => FieldReader.Read(product, product.Find("purpose")!, FieldValue.OfText(text), style);

        Assert.Equal((0, 1, 2, 2), (Read("Car").Number, Read("car").Number, Read("BOAT").Number, Read("boat").Number));
        Assert.Equal("Boat", Read("BOAT").Value);
        Assert.NotNull(Read("CAR").Warning);
    }

    [Theory]
    [InlineData(InputStyle.Json)]
    [InlineData(InputStyle.Text)]
    [InlineData(InputStyle.Screen)]
    public void Levels_that_are_all_numbers_are_compared_as_numbers_on_every_way_in(InputStyle style)
    {
        var codes = WithLevels(PeerLoan.Product, "purpose", "-1", "0", "2");
        var mixed = WithLevels(PeerLoan.Product, "purpose", "-1", "0", "X");
        FieldReading Read(LoanProduct product, string text) => FieldReader.Read(
            product, product.Find("purpose")!, FieldValue.OfText(text), style);

        Assert.Equal([2, 2, 0, 1], new[] { "2.0", "2.", "-1.00", "-0" }.Select(text => Read(codes, text).Number));
        Assert.Equal(2, FieldReader.Read(codes, codes.Find("purpose")!, new FieldValue("2", FieldValueKind.Number), style).Number);
        Assert.NotNull(Read(codes, "2.5").Warning);
        Assert.NotNull(Read(mixed, "0.0").Warning);
    }

    [Theory]
    [InlineData("-999", "-999.0", true)]
    [InlineData("-999", "-999.00", true)]
    [InlineData("n/a", "N/A", true)]
    [InlineData("-999", "-998", false)]
    public void Spellings_of_a_missing_value_are_compared_as_levels_are(string spelling, string text, bool isMissing)
    {
        var feature = PeerLoan.Product.Find("revol_util")! with { MissingSpellings = [spelling] };

        Assert.Equal(
            isMissing,
            FieldReader.Read(PeerLoan.Product, feature, FieldValue.OfText(text), InputStyle.Text) is { Problem: null, Value: null });
    }

    private static LoanProduct WithLevels(LoanProduct product, string feature, params string[] levels) =>
        product with
        {
            Features =
            [
                .. product.Features.Select(
                    f => f.Name == feature ? f with { Levels = [.. levels.Select((l, i) => new Level(l, $"Level {i}"))] } : f),
            ],
        };

    [Fact]
    public void Long_input_is_shortened_in_messages_and_answered_quickly()
    {
        var message = Problem("annual_inc", FieldValue.OfText(new string('9', 1_000_000)), InputStyle.Text).Message;
        Assert.EndsWith("it was \"" + new string('9', 39) + "…\".", message, StringComparison.Ordinal);

        var purpose = Problem("purpose", FieldValue.OfText(new string('x', 101)), InputStyle.Text);
        Assert.Equal(FieldProblemKind.UnknownLevel, purpose.Kind);
    }

    private static FieldProblem Problem(string field, FieldValue value, InputStyle style) =>
        Assert.Single(
            LoanApplication.Check(
                PeerLoan.Product,
                PeerLoan.Fields((field, value)).ToDictionary(
                    f => f.Key, f => f.Key == field ? f.Value : AsStyle(f.Key, f.Value, style), StringComparer.Ordinal),
                style).Problems);

    private static FieldValue AsStyle(string name, FieldValue value, InputStyle style) =>
        style == InputStyle.Json && !PeerLoan.Product.Find(name)!.HasLevels ? value with { Kind = FieldValueKind.Number } : value;
}
