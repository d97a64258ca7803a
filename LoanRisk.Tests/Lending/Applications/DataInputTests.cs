using System.Text.Json;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>Bad values as programs send them: JSON documents, query strings, CSV files.</summary>
public sealed class DataInputTests
{
    /// <summary>The field, the JSON that was sent, the kind of problem, and the message.</summary>
    public static TheoryData<string, string, FieldProblemKind, string> BadJson => new()
    {
        { "annual_inc", "\"42000\"", FieldProblemKind.NotANumber, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"42000\"." },
        { "annual_inc", "\"abc\"", FieldProblemKind.NotANumber, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"abc\"." },
        { "annual_inc", "\"NaN\"", FieldProblemKind.NotANumber, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was the text \"NaN\"." },
        { "annual_inc", "-1", FieldProblemKind.OutOfRange, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; -1 is outside." },
        { "annual_inc", "1e999", FieldProblemKind.OutOfRange, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; 1e999 is outside." },
        { "annual_inc", "-1e999", FieldProblemKind.OutOfRange, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; -1e999 is outside." },
        { "annual_inc", "true", FieldProblemKind.WrongType, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was true." },
        { "annual_inc", "[42000]", FieldProblemKind.WrongType, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was [42000]." },
        { "annual_inc", "{\"a\":1}", FieldProblemKind.WrongType, "annual_inc must be a JSON number from 0 to 100000000, for example 42000; it was {\"a\":1}." },
        { "annual_inc", "null", FieldProblemKind.Required, "annual_inc is required: a JSON number from 0 to 100000000, for example 42000." },
        { "annual_inc", "\"\"", FieldProblemKind.Required, "annual_inc is required: a JSON number from 0 to 100000000, for example 42000." },
        { "int_rate", "20.39", FieldProblemKind.OutOfRange, "int_rate must be a JSON number (a fraction: 0.25 is 25 %) from 0 to 0.6, for example 0.1198; 20.39 is outside." },
        { "dti", "1000", FieldProblemKind.OutOfRange, "dti must be a JSON number (in percent: 25 is 25 %) from 0 to 999, for example 16.7; 1000 is outside." },
        { "loan_amnt", "12000.5", FieldProblemKind.NotWhole, "loan_amnt must be a whole JSON number from 500 to 100000, for example 12000; 12000.5 is not whole." },
        { "revol_util", "\"0.5\"", FieldProblemKind.NotANumber, "revol_util must be a JSON number (a fraction: 0.25 is 25 %) from 0 to 5, for example 0.413, or null when not known; it was the text \"0.5\"." },
        { "grade", "\"H\"", FieldProblemKind.UnknownLevel, "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"H\"." },
        { "grade", "\"a\"", FieldProblemKind.UnknownLevel, "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"a\". Did you mean \"A\"?" },
        { "grade", "4", FieldProblemKind.WrongType, "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was 4." },
        { "grade", "false", FieldProblemKind.WrongType, "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was false." },
        { "grade", "\"\\ud800\"", FieldProblemKind.WrongType, "grade must be a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"\\ud800\"." },
        { "grade", "null", FieldProblemKind.Required, "grade is required: a JSON string, one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"." },
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
        { "annual_inc", "42,000", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"42,000\"." },
        { "annual_inc", "$42000", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"$42000\"." },
        { "annual_inc", "0x10", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"0x10\"." },
        { "annual_inc", "NaN", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"NaN\"." },
        { "annual_inc", "Infinity", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"Infinity\"." },
        { "annual_inc", "-inf", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"-inf\"." },
        { "annual_inc", "1 000", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"1 000\"." },
        { "annual_inc", "1e", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"1e\"." },
        { "annual_inc", "--1", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"--1\"." },
        { "annual_inc", "1.2.3", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"1.2.3\"." },
        { "annual_inc", "٤٢", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"٤٢\"." },
        { "annual_inc", "42\0", FieldProblemKind.NotANumber, "annual_inc must be a number from 0 to 100000000, for example 42000; it was \"42\uFFFD\"." },
        { "annual_inc", "1e999", FieldProblemKind.OutOfRange, "annual_inc must be a number from 0 to 100000000, for example 42000; 1e999 is outside." },
        { "int_rate", "20.39%", FieldProblemKind.NotANumber, "int_rate must be a number (a fraction: 0.25 is 25 %) from 0 to 0.6, for example 0.1198; it was \"20.39%\"." },
        { "delinq_2yrs", "0.5", FieldProblemKind.NotWhole, "delinq_2yrs must be a whole number from 0 to 200, for example 0; 0.5 is not whole." },
        { "loan_amnt", "499", FieldProblemKind.OutOfRange, "loan_amnt must be a whole number from 500 to 100000, for example 12000; 499 is outside." },
        { "revol_util", "none", FieldProblemKind.NotANumber, "revol_util must be a number (a fraction: 0.25 is 25 %) from 0 to 5, for example 0.413, or empty when not known; it was \"none\"." },
        { "grade", "AB", FieldProblemKind.UnknownLevel, "grade must be one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\"; it was \"AB\"." },
    };

    [Theory]
    [MemberData(nameof(BadText))]
    public void Text_that_cannot_be_used_is_answered_in_the_data_s_terms(string field, string? text, FieldProblemKind kind, string message)
    {
        Assert.Equal(new FieldProblem(field, kind, message), Problem(field, FieldValue.OfText(text), InputStyle.Text));
    }

    [Fact]
    public void Long_input_is_shortened_in_messages_and_answered_quickly()
    {
        var message = Problem("annual_inc", FieldValue.OfText(new string('9', 1_000_000)), InputStyle.Text).Message;
        Assert.EndsWith("it was \"" + new string('9', 39) + "…\".", message, StringComparison.Ordinal);

        var purpose = Problem("purpose", FieldValue.OfText(new string('x', 101)), InputStyle.Text);
        Assert.Equal(FieldProblemKind.UnknownLevel, purpose.Kind);
    }

    private static FieldProblem Problem(string field, FieldValue value, InputStyle style) =>
        Assert.Single(LoanApplication.Check(PeerLoan.Product, PeerLoan.Fields((field, value)).ToDictionary(f => f.Key, f => f.Key == field ? f.Value : AsStyle(f.Key, f.Value, style), StringComparer.Ordinal), style).Problems);

    private static FieldValue AsStyle(string name, FieldValue value, InputStyle style) =>
        style == InputStyle.Json && !PeerLoan.Product.Find(name)!.HasLevels ? value with { Kind = FieldValueKind.Number } : value;
}
