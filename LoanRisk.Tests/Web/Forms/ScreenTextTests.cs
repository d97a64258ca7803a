using LoanRisk.Lending.Applications;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Forms;

namespace LoanRisk.Tests.Web.Forms;

public sealed class ScreenTextTests
{
    [Theory]
    [InlineData("int_rate", "0.2039", "20.39")]
    [InlineData("revol_util", "0.647", "64.7")]
    [InlineData("dti", "16.7", "16.7")]
    [InlineData("loan_amnt", "12000", "12000")]
    [InlineData("emp_length", "n/a", "")]
    [InlineData("revol_util", null, "")]
    public void What_is_typed_is_the_value_in_the_units_of_the_screen(string feature, string? value, string expected) =>
        Assert.Equal(expected, ScreenText.Typed(PeerLoan.Product.Find(feature)!, value));

    [Fact]
    public void What_the_form_shows_is_read_back_as_the_same_value()
    {
        foreach (var example in PeerLoan.Product.Examples)
        {
            var typed = PeerLoan.Product.Features.ToDictionary(
                f => f.Name, f => FieldValue.OfText(ScreenText.Typed(f, example.Values[f.Name])));
            var screen = LoanApplication.Check(PeerLoan.Product, typed, InputStyle.Screen).Application!;
            var data = LoanApplication.Check(
                PeerLoan.Product, example.Values.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value)), InputStyle.Text).Application!;
            Assert.Equal(data.Row, screen.Row);
        }
    }

    [Theory]
    [InlineData("int_rate", "0.2677", "26.8 %", "26.77 %")]
    [InlineData("annual_inc", "1234567", "$1,234,567", "$1,234,567")]
    [InlineData("emp_length", "10+ years", "10 years or more", "10 years or more")]
    [InlineData("revol_util", null, "not given", "not given")]
    public void What_is_read_is_rounded_beside_a_chart_and_exact_in_the_entry(string feature, string? value, string rounded, string exact)
    {
        var known = PeerLoan.Product.Find(feature)!;
        Assert.Equal(rounded, ScreenText.Rounded(PeerLoan.Product, known, value).Replace('\u00a0', ' '));
        Assert.Equal(exact, ScreenText.Exact(PeerLoan.Product, known, value).Replace('\u00a0', ' '));
    }
}
