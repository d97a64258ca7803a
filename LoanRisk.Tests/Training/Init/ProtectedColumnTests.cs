namespace LoanRisk.Tests.Training.Init;

/// <summary>What must be kept for fairness and must not be learned from.</summary>
public sealed class ProtectedColumnTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("CODE_GENDER", "F,M")]
    [InlineData("gender", "1,2,3")]
    [InlineData("Sex & Marital Status", "1,2,3,4")]
    [InlineData("Geschlecht", "w,x,m")]
    [InlineData("column_7", "male,female")]
    [InlineData("customer_type", "M,F")]
    [InlineData("personal_status", "male single,female div/sep,male mar/wid")]
    [InlineData("status", "single,married,divorced")]
    [InlineData("état civil", "a,b,c")]
    [InlineData("NAME_FAMILY_STATUS", "a,b,c")]
    [InlineData("Nationalität", "DE,FR,IT")]
    [InlineData("ForeignWorker", "0,1")]
    [InlineData("Race", "A,B,C")]
    [InlineData("ethnicity", "A,B,C")]
    [InlineData("country_of_birth", "A,B,C")]
    [InlineData("Religion", "A,B,C")]
    [InlineData("disability_flag", "0,1")]
    [InlineData("DAYS_BIRTH", "-9000,-12000,-20000,-15000")]
    [InlineData("person_age", "21,35,47,60,71")]
    [InlineData("date_of_birth", "1970-01-02,1980-03-04,1990-05-06")]
    [InlineData("Fecha de nacimiento", "02/01/1970,04/03/1980,06/05/1990")]
    public async Task What_tells_of_something_protected_is_kept_for_fairness_and_is_no_feature(string column, string values)
    {
        var (product, said) = await _table.DraftAsync(
            $"{column},income,bad", i => $"{values.Split(',')[(i + (i / 5)) % values.Split(',').Length]},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal([column], product.FairnessAttributes);
        Assert.Equal(["income"], product.Features.Select(f => f.Name));
        Assert.Null(product.Date);
        Assert.Contains("protected, and therefore no features", said);
    }

    [Theory]
    [InlineData("account_age", "3,5,7,11,13,17,19")]
    [InlineData("OWN_CAR_AGE", "3,5,7,11,13,17,19")]
    [InlineData("foreign_currency_share", "0.1,0.2,0.3,0.4,0.5")]
    [InlineData("frequency", "Monthly,Fortnightly,Weekly")]
    [InlineData("average_balance", "3,5,7,11,13,17,19")]
    public async Task The_age_of_an_account_and_the_like_are_features(string column, string values)
    {
        var (product, _) = await _table.DraftAsync(
            $"{column},income,bad", i => $"{values.Split(',')[(i + (i / 5)) % values.Split(',').Length]},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal([column, "income"], product.Features.Select(f => f.Name));
        Assert.Empty(product.FairnessAttributes);
    }
}
