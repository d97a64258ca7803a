using LoanRisk.Lending.Applications;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

public sealed class LoanApplicationTests
{
    [Fact]
    public void A_row_holds_numbers_ranks_and_category_codes_in_feature_order()
    {
        var application = PeerLoan.Application();

        Assert.Equal([12000, 0.2039, 1, 3, 42000, 10, 1, 14.46, 0.647, 0], application.Row);
        Assert.Equal(["12000", "0.2039", "credit_card", "D", "42000", "10+ years", "RENT", "14.46", "0.647", "0"], application.Values);
        Assert.Empty(application.Warnings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("n/a")]
    [InlineData(" NA ")]
    public void A_value_that_may_be_missing_is_NaN_in_the_row_and_null_among_the_values(string? given)
    {
        var application = PeerLoan.Application(("emp_length", given), ("revol_util", given));

        Assert.Equal((double.NaN, null), (application.Row[5], application.Values[5]));
        Assert.Equal((double.NaN, null), (application.Row[8], application.Values[8]));
        Assert.Empty(application.Warnings);
    }

    [Theory]
    [InlineData(FieldValueKind.Text, InputStyle.Text)]
    [InlineData(FieldValueKind.Number, InputStyle.Json)]
    [InlineData(FieldValueKind.Text, InputStyle.Screen)]
    public void A_number_far_outside_can_spell_a_missing_value(FieldValueKind kind, InputStyle style)
    {
        var json = TinyLoan.Json.Replace(
            "\"missingSpellings\": [\"unknown\"]", "\"missingSpellings\": [\"-999\"]", StringComparison.Ordinal);
        var product = LoanRisk.Lending.ProductFiles.ProductFile.Parse(json, "tiny/product.json");

        var check = LoanApplication.Check(product, new Dictionary<string, FieldValue> { ["rate"] = new("-999", kind) }, style);

        Assert.DoesNotContain(check.Problems, p => p.Field == "rate");
    }

    [Fact]
    public void A_field_left_out_is_missing_and_all_problems_come_at_once_in_field_order()
    {
        var check = LoanApplication.Check(PeerLoan.Product, new Dictionary<string, FieldValue>(), InputStyle.Json);

        Assert.Null(check.Application);
        Assert.Equal(
            ["loan_amnt", "int_rate", "purpose", "grade", "annual_inc", "home_ownership", "dti", "delinq_2yrs"],
            check.Problems.Select(p => p.Field));
        Assert.All(check.Problems, p => Assert.Equal(FieldProblemKind.Required, p.Kind));
    }

    [Theory]
    [InlineData("anual_inc", "PeerLoan has no field \"anual_inc\"; did you mean \"annual_inc\"?")]
    [InlineData("DTI", "PeerLoan has no field \"DTI\"; did you mean \"dti\"?")]
    [InlineData(
        "shoe_size",
        "PeerLoan has no field \"shoe_size\"; its fields are loan_amnt, int_rate, purpose, grade, annual_inc, emp_length, "
            + "home_ownership, dti, revol_util, delinq_2yrs.")]
    public void An_unknown_field_is_named_and_what_was_probably_meant(string name, string message)
    {
        var check = LoanApplication.Check(PeerLoan.Product, PeerLoan.Fields((name, FieldValue.OfText("1"))), InputStyle.Text);

        Assert.Equal(new FieldProblem(name, FieldProblemKind.UnknownField, message), Assert.Single(check.Problems));
    }

    [Fact]
    public void A_field_given_twice_is_a_problem()
    {
        List<KeyValuePair<string, FieldValue>> fields = [.. PeerLoan.Fields(), new("dti", FieldValue.OfText("3"))];

        var problem = Assert.Single(LoanApplication.Check(PeerLoan.Product, fields, InputStyle.Text).Problems);

        Assert.Equal(new FieldProblem("dti", FieldProblemKind.Duplicate, "\"dti\" is given 2 times; give it once."), problem);
    }

    [Theory]
    [InlineData("dti", "42", "Debt-to-income ratio 42 % is above the highest in training (39.99 %); the score leans on the nearest cases.")]
    [InlineData("loan_amnt", "500", "Loan amount $500 is below the lowest in training ($1,000); the score leans on the nearest cases.")]
    [InlineData("int_rate", "0.35", "Interest rate 35 % is above the highest in training (31 %); the score leans on the nearest cases.")]
    [InlineData("purpose", "wedding", "Purpose \"wedding\" is not known to the model; it was scored as a category never seen in training.")]
    [InlineData(
        "purpose",
        "small_busines",
        "Purpose \"small_busines\" is not known to the model; it was scored as a category never seen in training. Did you mean "
            + "\"small_business\"?")]
    public void What_training_never_saw_is_scored_and_flagged(string field, string given, string message)
    {
        Assert.Equal(new Warning(field, message), Assert.Single(PeerLoan.Application((field, given)).Warnings));
    }

    [Fact]
    public void A_category_never_seen_gets_the_code_beyond_and_keeps_its_spelling()
    {
        var application = PeerLoan.Application(("purpose", "wedding"));

        Assert.Equal(12, application.Row[2]);
        Assert.Equal("wedding", application.Values[2]);
    }

    [Fact]
    public void An_unlisted_level_of_an_ordinal_feature_counts_as_missing_where_the_product_flags_it()
    {
        var grade = PeerLoan.Product.Find("grade")! with { RefuseUnseen = false };
        var product = PeerLoan.Product with { Features = [.. PeerLoan.Product.Features.Select(f => f.Name == "grade" ? grade : f)] };

        var application = LoanApplication.Check(product, PeerLoan.Fields(("grade", FieldValue.OfText("H"))), InputStyle.Text).Application!;

        Assert.Equal(double.NaN, application.Row[3]);
        Assert.Equal("Grade \"H\" is not known to the model; it was scored as not given.", Assert.Single(application.Warnings).Message);
    }

    [Fact]
    public void Numbers_outside_training_are_refused_where_the_product_refuses_the_unseen()
    {
        var dti = PeerLoan.Product.Find("dti")! with { RefuseUnseen = true };
        var product = PeerLoan.Product with { Features = [.. PeerLoan.Product.Features.Select(f => f.Name == "dti" ? dti : f)] };

        var problem = Assert.Single(
            LoanApplication.Check(product, PeerLoan.Fields(("dti", FieldValue.OfText("42"))), InputStyle.Text).Problems);

        Assert.Equal(FieldProblemKind.OutOfRange, problem.Kind);
        Assert.Contains("from 0 to 39.99", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10", "10+ years")]
    [InlineData("<1 year", "< 1 year")]
    [InlineData(" 3 years ", "3 years")]
    public void Another_spelling_of_a_level_is_stored_as_the_level(string given, string stored) =>
        Assert.Equal(stored, PeerLoan.Application(("emp_length", given)).Values[5]);
}
