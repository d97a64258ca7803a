using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("int_rate", "0.2039", "20.4 %", "20.39")]
    [InlineData("revol_util", "1.244", "124.4 %", "124.4")]
    [InlineData("revol_util", "0.40399999999999997", "40.4 %", "40.399999999999997")]
    [InlineData("revol_util", null, "not given", "")]
    [InlineData("annual_inc", "42000", "$42,000", "42000")]
    [InlineData("annual_inc", "42000.5", "$42,000.50", "42000.5")]
    [InlineData("annual_inc", "9930475", "$9,930,475", "9930475")]
    [InlineData("dti", "16.7", "16.7 %", "16.7")]
    [InlineData("dti", "42", "42.0 %", "42")]
    [InlineData("delinq_2yrs", "0", "0", "0")]
    [InlineData("emp_length", "10+ years", "10 years or more", "10+ years")]
    [InlineData("emp_length", null, "not given", "")]
    [InlineData("purpose", "wedding", "\"wedding\"", "wedding")]
    [InlineData("home_ownership", "ANY", "Any other", "ANY")]
    public void A_stored_value_is_shown_in_words_and_typed_back_on_the_form(string name, string? stored, string words, string typed)
    {
        var feature = PeerLoan.Product.Find(name)!;

        Assert.Equal(words, ValueText.InWords(PeerLoan.Product, feature, stored));
        Assert.Equal(typed, ValueText.OnScreen(feature, stored));
    }

    [Theory]
    [InlineData(Unit.Money, 1234567.891, "$1,234,567.891")]
    [InlineData(Unit.Money, -999, "-$999")]
    [InlineData(Unit.Money, -1000, "-$1,000")]
    [InlineData(Unit.Fraction, 0.3099, "30.99 %")]
    [InlineData(Unit.Percent, 39.99, "39.99 %")]
    [InlineData(Unit.Years, 1, "1 year")]
    [InlineData(Unit.Years, 2.5, "2.5 years")]
    [InlineData(Unit.Count, 1234, "1,234")]
    [InlineData(Unit.None, 0.00001, "0.00001")]
    public void Numbers_that_are_compared_keep_every_digit(Unit unit, double number, string shown) =>
        Assert.Equal(shown, ValueText.Exact(PeerLoan.Product, PeerLoan.Product.Find("dti")! with { Unit = unit }, number));

    [Theory]
    [InlineData("EUR", "€42,000")]
    [InlineData("CHF", "CHF 42,000")]
    [InlineData("XTS", "XTS 42,000")]
    public void Money_is_shown_in_the_product_s_currency(string code, string shown) =>
        Assert.Equal(shown, ValueText.InWords(PeerLoan.Product with { Currency = code }, PeerLoan.Product.Find("annual_inc")!, "42000"));
}
