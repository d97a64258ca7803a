using System.Globalization;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Columns that name rows, codes that do not, and what says who somebody is.</summary>
[Slow]
public sealed class IdGuessTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("acct", "4500000000000000", 7919)]
    [InlineData("contract_no", "100", 3)]
    [InlineData("ref", "0001", 1)]
    public async Task Numbers_that_name_rows_are_ids(string column, string first, int step)
    {
        var (product, _) = await _table.DraftAsync(
            $"{column},amount,bad",
            i => (long.Parse(first, CultureInfo.InvariantCulture) + (i * step)).ToString($"D{first.Length}", CultureInfo.InvariantCulture)
                + $",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal([column], product.Ids.Select(i => i.Column));
        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
    }

    [Fact]
    public async Task A_zip_code_is_no_id_however_many_there_are_and_a_lone_nine_beside_codes_is_a_code()
    {
        var (product, said) = await _table.DraftAsync(
            "zip,answer,bad", i => $"{10_000 + (i * 37)},{new[] { 1, 2, 3, 9 }[i * 3 % 7 % 4]},{i % 4 / 3}");

        Assert.Empty(product.Ids);
        Assert.Contains("200 different codes; group them to use it", said);
        Assert.Equal(["1", "2", "3", "9"], product.Find("answer")!.Levels.Select(l => l.Value));
        Assert.Contains("codes: what do they mean, and do they have an order: answer", said);
    }

    [Fact]
    public async Task An_id_that_stands_in_several_rows_is_an_id_and_said()
    {
        var (product, said) = await _table.DraftAsync("loan_ref,amount,bad", i => $"{100 + (i / 2)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["loan_ref"], product.Ids.Select(i => i.Column));
        Assert.Contains("an id that stands in up to 2 rows", said);
    }

    [Theory]
    [InlineData("phone", "+49 30 9018", "phone numbers")]
    [InlineData("contact", "a.b@c.org,x", "e-mail addresses")]
    public async Task What_says_who_somebody_is_becomes_neither_feature_nor_id(string column, string value, string said)
    {
        var (product, output) = await _table.DraftAsync(
            $"{column},amount,bad",
            i => (value.Contains('@', StringComparison.Ordinal) ? $"client{i}@bank.example" : $"{value}{1000 + i}")
                + $",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal((1, 0), (product.Features.Count, product.Ids.Count));
        Assert.Contains(said, output);
    }
}
