using LoanRisk.Lending.Applications;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>Values as a person types them.</summary>
public sealed class ScreenInputTests
{
    [Theory]
    [InlineData("annual_inc", "42000", "42000")]
    [InlineData("annual_inc", "$42,000", "42000")]
    [InlineData("annual_inc", " $ 42,000.50 ", "42000.5")]
    [InlineData("annual_inc", "42 000", "42000")]
    [InlineData("annual_inc", "42\u00A0000", "42000")]
    [InlineData("annual_inc", "1,234,567.89", "1234567.89")]
    [InlineData("annual_inc", "42000 USD", "42000")]
    [InlineData("annual_inc", "usd 42000", "42000")]
    [InlineData("annual_inc", "42000 dollars", "42000")]
    [InlineData("annual_inc", "+42000", "42000")]
    [InlineData("annual_inc", "042000", "42000")]
    [InlineData("annual_inc", "-0", "0")]
    [InlineData("int_rate", "20.39", "0.2039")]
    [InlineData("int_rate", "20.39 %", "0.2039")]
    [InlineData("int_rate", "20.39%", "0.2039")]
    [InlineData("int_rate", "7", "0.07")]
    [InlineData("int_rate", ".5", "0.005")]
    [InlineData("int_rate", "5.", "0.05")]
    [InlineData("revol_util", "0", "0")]
    [InlineData("revol_util", "124.4", "1.244")]
    [InlineData("revol_util", "40.399999999999997", "0.40399999999999997")]
    [InlineData("dti", "16.7 %", "16.7")]
    [InlineData("dti", "16.7", "16.7")]
    [InlineData("delinq_2yrs", "3", "3")]
    [InlineData("delinq_2yrs", "3.0", "3")]
    [InlineData("loan_amnt", "$12,000", "12000")]
    [InlineData("emp_length", "10+ years", "10+ years")]
    [InlineData("emp_length", "10 Years or more", "10+ years")]
    [InlineData("home_ownership", "any other", "ANY")]
    [InlineData("revol_util", "", null)]
    [InlineData("revol_util", "n/a", null)]
    public void What_a_person_types_is_stored_in_the_data_s_spelling(string field, string typed, string? stored)
    {
        var check = Check(field, typed);

        Assert.Empty(check.Problems);
        var place = PeerLoan.Product.FeatureNames.ToList().IndexOf(field);
        Assert.Equal(stored, check.Application!.Values[place]);
        var asText = LoanApplication.Check(
            PeerLoan.Product, PeerLoan.Fields((field, FieldValue.OfText(stored))), InputStyle.Text).Application!;
        Assert.Equal(asText.Row[place], check.Application.Row[place]);
    }

    public static TheoryData<string, string?, FieldProblemKind, string> Bad => new()
    {
        { "annual_inc", null, FieldProblemKind.Required, "Enter the yearly income in dollars, for example 42000." },
        { "annual_inc", "", FieldProblemKind.Required, "Enter the yearly income in dollars, for example 42000." },
        { "annual_inc", "lots", FieldProblemKind.NotANumber,
            "Enter the yearly income in dollars, for example 42000. \"lots\" is not a number." },
        { "annual_inc", "4e4", FieldProblemKind.NotANumber,
            "Enter the yearly income in dollars, for example 42000. \"4e4\" is not a number." },
        { "annual_inc", "42k", FieldProblemKind.NotANumber,
            "Enter the yearly income in dollars, for example 42000. \"42k\" is not a number." },
        { "annual_inc", "€42000", FieldProblemKind.NotANumber,
            "Enter the yearly income in dollars, for example 42000. \"€42000\" is not a number." },
        { "annual_inc", "42,00", FieldProblemKind.NotANumber, "Write the yearly income with a decimal point, not a comma: 42.00." },
        { "annual_inc", "1,2345", FieldProblemKind.NotANumber, "Write the yearly income with a decimal point, not a comma: 1.2345." },
        { "annual_inc", "1.234,56", FieldProblemKind.NotANumber, "Write the yearly income with a decimal point, not a comma: 1234.56." },
        { "annual_inc", "-5", FieldProblemKind.OutOfRange, "Enter the yearly income between $0 and $100,000,000. \"-5\" is outside." },
        { "annual_inc", "-$5", FieldProblemKind.OutOfRange, "Enter the yearly income between $0 and $100,000,000. \"-$5\" is outside." },
        { "annual_inc", "NaN", FieldProblemKind.NotANumber,
            "Enter the yearly income in dollars, for example 42000. \"NaN\" is not a number." },
        { "int_rate", "", FieldProblemKind.Required, "Enter the interest rate in percent, for example 11.98." },
        { "int_rate", "20,39", FieldProblemKind.NotANumber, "Write the interest rate with a decimal point, not a comma: 20.39." },
        { "int_rate", "20,390", FieldProblemKind.NotANumber, "Write the interest rate with a decimal point, not a comma: 20.390." },
        { "int_rate", "20,39 %", FieldProblemKind.NotANumber, "Write the interest rate with a decimal point, not a comma: 20.39 %." },
        { "int_rate", "61", FieldProblemKind.OutOfRange, "Enter the interest rate between 0 % and 60 %. \"61\" is outside." },
        { "int_rate", "$5", FieldProblemKind.NotANumber, "Enter the interest rate in percent, for example 11.98. \"$5\" is not a number." },
        { "dti", "1000", FieldProblemKind.OutOfRange, "Enter the debt-to-income ratio between 0 % and 999 %. \"1000\" is outside." },
        { "loan_amnt", "12000.50", FieldProblemKind.NotWhole,
            "Enter the loan amount as a whole number, without a fraction, for example 12000. \"12000.50\" is not whole." },
        { "delinq_2yrs", "", FieldProblemKind.Required, "Enter the late payments in the last 2 years as a whole number, for example 0." },
        { "delinq_2yrs", "none", FieldProblemKind.NotANumber,
            "Enter the late payments in the last 2 years as a whole number, for example 0. \"none\" is not a number." },
        { "grade", "", FieldProblemKind.Required, "Choose the grade: A, B, C, D, E, F, G." },
        { "grade", "H", FieldProblemKind.UnknownLevel, "Choose the grade: A, B, C, D, E, F, G. \"H\" is not among them." },
        { "purpose", "", FieldProblemKind.Required, "Choose the purpose from the list." },
        { "emp_length", "11 years", FieldProblemKind.UnknownLevel,
            "Choose the time in employment from the list. \"11 years\" is not among them." },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_cannot_be_read_is_answered_with_what_to_do(string field, string? typed, FieldProblemKind kind, string message) =>
        Assert.Equal(new FieldProblem(field, kind, message), Assert.Single(Check(field, typed).Problems));

    [Theory]
    [InlineData("USD", "in dollars")]
    [InlineData("EUR", "in euros")]
    [InlineData("CHF", "in francs")]
    [InlineData("XTS", "in XTS")]
    public void Money_is_asked_for_in_the_product_s_currency(string code, string words)
    {
        var check = LoanApplication.Check(PeerLoan.Product with { Currency = code }, ScreenFields("annual_inc", ""), InputStyle.Screen);

        Assert.Contains(words, Assert.Single(check.Problems).Message, StringComparison.Ordinal);
    }

    private static ApplicationCheck Check(string field, string? typed) =>
        LoanApplication.Check(PeerLoan.Product, ScreenFields(field, typed), InputStyle.Screen);

    private static Dictionary<string, FieldValue> ScreenFields(string field, string? typed)
    {
        var fields = PeerLoan.Values().ToDictionary(
            v => v.Key, v => FieldValue.OfText(ValueText.OnScreen(PeerLoan.Product.Find(v.Key)!, v.Value)), StringComparer.Ordinal);
        fields[field] = FieldValue.OfText(typed);
        return fields;
    }
}
