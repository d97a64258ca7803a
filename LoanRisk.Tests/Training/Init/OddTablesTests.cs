using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Tables as people have them: <c>init</c> asks rather than guesses, and what it drafts is read whole.</summary>
public sealed class OddTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_outcome_of_1_point_0_is_bad_and_1_means_the_same()
    {
        var (product, _) = await DraftAsync("id,amount,bad", i => $"{i},{i * 37 % 91},{(i % 3 == 0 ? "0.0" : "1.0")}");

        Assert.Equal(("1.0", "0.0"), (product.Target.Bad, product.Target.Good));
        Assert.Equal(
            (true, false, true, null),
            (product.Target.IsBad("1"), product.Target.IsBad("0"), product.Target.IsBad("1.00"), product.Target.IsBad("2")));
    }

    [Theory]
    [InlineData("--target", "Approved", "--bad=-")]
    [InlineData]
    public async Task A_minus_beside_a_plus_is_an_outcome_and_no_missing_value(params string[] more)
    {
        var (product, _) = await DraftAsync(
            "PriorDefault,Score,Approved", i => $"{(i % 4 == 0 ? "t" : "f")},{i * 37 % 91},{(i % 3 == 0 ? "+" : "-")}", more);

        Assert.Equal(("Approved", "-", "+"), (product.Target.Column, product.Target.Bad, product.Target.Good));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    public async Task Rows_without_an_outcome_count_neither_as_good_nor_as_bad(string gap)
    {
        var (product, said) = await DraftAsync(
            "income,default", i => $"{i * 37 % 91},{(i >= 200 ? gap : i % 4 == 0 ? "1" : "0")}", rows: 300);

        Assert.Contains("200 rows, 50 of them bad", said);
        Assert.Contains("100 of 300 rows have no outcome", said);
        Assert.Contains("25.0 % of the rows", said);
        var data = DataSetReader.Read(_folder["in.csv"], product, null, TestContext.Current.CancellationToken);
        Assert.Equal((200, 50, 0, 100), (data.RowCount, data.BadCount, data.ProblemCount, data.OpenRows));
    }

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
        var (product, said) = await DraftAsync(
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
        var (product, _) = await DraftAsync(
            $"{column},income,bad", i => $"{values.Split(',')[(i + (i / 5)) % values.Split(',').Length]},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal([column, "income"], product.Features.Select(f => f.Name));
        Assert.Empty(product.FairnessAttributes);
    }

    [Theory]
    [InlineData("util", "9999", "0.1,0.25,0.5,0.73,0.9", Unit.Fraction)]
    [InlineData("score", "-999", "512,640,733,389,801", Unit.None)]
    [InlineData("DAYS_EMPLOYED", "365243", "-604,-12618,-13833,-4013,-9787", Unit.None)]
    [InlineData("months_since", "99", "0,1,2,3,4,5,6,7,8,11,13,15,18", Unit.None)]
    [InlineData("x", "1.7976931348623157e308", "35,30,74,5,18", Unit.None)]
    [InlineData("x", "-1.7976931348623157e308", "35,30,74,5,18", Unit.None)]
    public async Task Repeated_numbers_far_outside_are_proposed_as_missing_and_ranges_are_found_without_them(
        string column, string code, string values, Unit unit)
    {
        var (product, said) = await DraftAsync(
            $"{column},income,bad",
            i => $"{(i % 5 == 0 ? code : values.Split(',')[(i + (i / 5)) % values.Split(',').Length])},{i * 37 % 91},{i % 4 / 3}");

        var feature = product.Find(column)!;
        var numbers = values.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal([code], feature.MissingSpellings);
        Assert.Equal((unit, new ValueRange(numbers.Min(), numbers.Max())), (feature.Unit, feature.Seen));
        Assert.Contains("taken for a missing value", said);
    }

    [Fact]
    public async Task A_lone_minus_one_among_numbers_is_asked_about()
    {
        var (product, said) = await DraftAsync("months,income,bad", i => $"{(i % 5 == 0 ? -1 : i % 40)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(-1, product.Find("months")!.Seen!.Min);
        Assert.Contains("months: does -1 stand for a missing value?", said);
    }

    [Fact]
    public async Task A_ratio_with_outliers_does_not_become_a_percentage()
    {
        var (product, said) = await DraftAsync(
            "util_ratio,income,bad",
            i => $"{(i == 17 ? "50708.5" : (i % 97 / 100.0).ToString(CultureInfo.InvariantCulture))},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(Unit.Fraction, product.Find("util_ratio")!.Unit);
        Assert.Contains("util_ratio is a fraction in most rows, but up to 50708.5", said);
    }

    [Theory]
    [InlineData("dd/MM/yyyy", "MM/dd/yyyy", 12)]
    [InlineData("dd.MM.yyyy", null, 28)]
    [InlineData("d.M.yyyy", null, 28)]
    [InlineData("yyyy/MM/dd", null, 28)]
    [InlineData("yyyyMMdd", null, 28)]
    [InlineData("M/d/yyyy", null, 28)]
    [InlineData("MM/dd/yy", null, 28)]
    [InlineData("dd-MMM-yy", null, 28)]
    [InlineData("dd-MMM-yyyy", null, 28)]
    [InlineData("ddMMMyyyy", null, 28)]
    [InlineData("MMM d, yyyy", null, 28)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'", null, 28)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null, 28)]
    [InlineData("yyyy-MM-dd HH:mm", null, 28)]
    [InlineData("M/d/yyyy h:mm tt", null, 28)]
    public async Task Dates_are_read_in_the_ways_people_write_them_and_two_readings_are_asked_about(
        string written, string? other, int lastDay)
    {
        DateTime At(int row) => new(2015 + (row % 5), 1 + (row * 7 % 12), 1 + (row * 5 % lastDay), 23, 30, 0, DateTimeKind.Unspecified);
        var (product, said) = await DraftAsync(
            "issued,amount,bad", i => $"\"{At(i).ToString(written, CultureInfo.InvariantCulture)}\",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal("issued", product.Date!.Column);
        Assert.Equal(other is not null, said.Contains("Every value can be read either way", StringComparison.Ordinal));
        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
        var data = DataSetReader.Read(_folder["in.csv"], product, null, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => DateOnly.FromDateTime(At(i))), data.Dates!);
    }

    [Theory]
    [InlineData("opened_date", "43101", "Excel's day numbers (43101 is 2018-01-01)")]
    [InlineData("created_time", "1514764800", "since 1970")]
    public async Task Numbers_that_stand_for_dates_are_no_features_and_said(string column, string first, string said)
    {
        var (product, output) = await DraftAsync(
            $"{column},amount,bad", i => $"{long.Parse(first, CultureInfo.InvariantCulture) + (i * 71 % 199)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
        Assert.Contains($"{column} is not used: ", output);
        Assert.Contains(said, output);
    }

    [Theory]
    [InlineData("acct", "4500000000000000", 7919)]
    [InlineData("contract_no", "100", 3)]
    [InlineData("ref", "0001", 1)]
    public async Task Numbers_that_name_rows_are_ids(string column, string first, int step)
    {
        var (product, _) = await DraftAsync(
            $"{column},amount,bad",
            i => (long.Parse(first, CultureInfo.InvariantCulture) + (i * step)).ToString($"D{first.Length}", CultureInfo.InvariantCulture)
                + $",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal([column], product.Ids.Select(i => i.Column));
        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
    }

    [Fact]
    public async Task A_zip_code_is_no_id_however_many_there_are_and_a_lone_nine_beside_codes_is_a_code()
    {
        var (product, said) = await DraftAsync(
            "zip,answer,bad", i => $"{10_000 + (i * 37)},{new[] { 1, 2, 3, 9 }[i * 3 % 7 % 4]},{i % 4 / 3}");

        Assert.Empty(product.Ids);
        Assert.Contains("200 different codes; group them to use it", said);
        Assert.Equal(["1", "2", "3", "9"], product.Find("answer")!.Levels.Select(l => l.Value));
        Assert.Contains("codes: what do they mean, and do they have an order: answer", said);
    }

    [Fact]
    public async Task An_id_that_stands_in_several_rows_is_an_id_and_said()
    {
        var (product, said) = await DraftAsync("loan_ref,amount,bad", i => $"{100 + (i / 2)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["loan_ref"], product.Ids.Select(i => i.Column));
        Assert.Contains("an id that stands in up to 2 rows", said);
    }

    [Theory]
    [InlineData("branch_code", "")]
    [InlineData("region", "")]
    [InlineData("Zip", "00")]
    [InlineData("station", "B0")]
    public async Task Branches_zip_codes_and_other_codes_have_no_order(string column, string before)
    {
        var (product, _) = await DraftAsync($"{column},amount,bad", i => $"{before}{10 + (i * 7 % 60)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal((FeatureKind.Nominal, 60), (product.Find(column)!.Kind, product.Find(column)!.Levels.Count));
    }

    [Fact]
    public async Task Levels_that_differ_in_capitals_or_in_the_spelling_of_a_number_are_one_and_equal_columns_are_named()
    {
        var (product, said) = await DraftAsync(
            "home,paid_times,status_code,copy,bad",
            i => string.Join(
                ',',
                new[] { "Rent", "RENT", "RENT", "own", "OWN", "OWN", "Mortgage" }[i % 7],
                i * 37 % 91,
                new[] { "1", "1", "1.0", "2", "2", "2.0", "3" }[i * 3 % 7],
                i * 37 % 91,
                i % 4 / 3));

        Assert.Equal(["Mortgage", "OWN", "RENT"], product.Find("home")!.Levels.Select(l => l.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3"], product.Find("status_code")!.Levels.Select(l => l.Value));
        Assert.Null(product.Find("copy"));
        Assert.Contains("it is equal to paid_times in every row", said);
        Assert.Contains("home: spellings of one value: ", said);
        Assert.Empty(DataSetReader.Read(_folder["in.csv"], product, null, TestContext.Current.CancellationToken).Warnings);
    }

    [Theory]
    [InlineData("phone", "+49 30 9018", "phone numbers")]
    [InlineData("contact", "a.b@c.org,x", "e-mail addresses")]
    public async Task What_says_who_somebody_is_becomes_neither_feature_nor_id(string column, string value, string said)
    {
        var (product, output) = await DraftAsync(
            $"{column},amount,bad",
            i => (value.Contains('@', StringComparison.Ordinal) ? $"client{i}@bank.example" : $"{value}{1000 + i}")
                + $",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal((1, 0), (product.Features.Count, product.Ids.Count));
        Assert.Contains(said, output);
    }

    [Theory]
    [InlineData("(1,230)")]
    [InlineData("1.234,56")]
    [InlineData("23k")]
    public async Task Numbers_that_are_not_read_without_guessing_are_said_and_not_dropped_silently(string written)
    {
        var (product, said) = await DraftAsync(
            "amount,income,bad",
            i => $"\"{written.Replace("23", $"{10 + (i % 90)}", StringComparison.Ordinal)}\",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["income"], product.Features.Select(f => f.Name));
        Assert.Contains("amount is not used: numbers written as ", said);
    }

    [Theory]
    [InlineData("1000,14.17,RENT,1", "line 1 looks like values (1000, 14.17, RENT, 1)")]
    [InlineData("2024-01-01,5,OWN,0", "line 1 looks like values")]
    public async Task A_file_without_a_header_is_not_read_as_if_it_had_one(string first, string said)
    {
        File.WriteAllLines(
            _folder["in.csv"],
            [first, .. Enumerable.Range(0, 60).Select(i => $"{1001 + i},{i * 37 % 91},{(i % 2 == 0 ? "RENT" : "OWN")},{i % 4 / 3}")]);

        var run = await RunAsync("--target", "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error);
    }

    [Fact]
    public async Task A_file_of_which_most_rows_cannot_be_read_is_refused_with_line_and_cause()
    {
        File.WriteAllLines(_folder["in.csv"], ["a,bad", .. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? $"{i},{i % 2}" : $"{i},1,2")]);

        var run = await RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("40 of 60 rows cannot be read; the first is line 3: ", run.Error);
    }

    [Fact]
    public async Task Two_columns_whose_names_differ_in_capitals_alone_make_one_feature_and_one_word()
    {
        var (product, said) = await DraftAsync("Income,INCOME,x,bad", i => $"{i * 37 % 91},{i * 11 % 83},{i * 3 % 71},{i % 4 / 3}");

        Assert.Equal(["Income", "x"], product.Features.Select(f => f.Name));
        Assert.Contains("its name differs from Income in capitals alone", said);
    }

    [Fact]
    public async Task What_init_says_below_the_table_fits_80_columns()
    {
        var (_, said) = await DraftAsync(
            "gender,birth_date,issued,util_ratio,months,bad",
            i => $"{(i % 2 == 0 ? "M" : "F")},1980-01-02,03/0{1 + (i % 9)}/2020,"
                + $"{(i == 17 ? "50708.5" : "0.25")},{(i % 5 == 0 ? -1 : i % 40)},{i % 4 / 3}");

        var lines = said.Split('\n')
            .SkipWhile(l => l.TrimEnd() != "To check:")
            .TakeWhile(l => !l.StartsWith("Drafted", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(lines.Count, 8, 40);
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, 80));
    }

    private async Task<(LoanProduct Product, string Said)> DraftAsync(
        string header, Func<int, string> row, string[]? more = null, int rows = 200)
    {
        File.WriteAllLines(_folder["in.csv"], [header, .. Enumerable.Range(0, rows).Select(row)]);
        var run = await RunAsync(more ?? []);
        Assert.Equal((0, ""), (run.ExitCode, run.Error.Contains("Reading", StringComparison.Ordinal) ? "" : run.Error));
        return (
            ProductFolder.ReadAll(_folder["products"]).Single(),
            string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + "\n" + run.Output);
    }

    private Task<TestConsole> RunAsync(params string[] more) =>
        TestConsole.RunAsync(["init", "drafted", "--from", _folder["in.csv"], "--out", _folder["products"], .. more]);
}
