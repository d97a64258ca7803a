using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Csv;

[Slow]
public sealed class UsableRowsTests : IDisposable
{
    private const int ManyRows = 200_000;

    private readonly TemporaryFolder _folder = new();

    public UsableRowsTests() => Directory.CreateDirectory(_folder["in"]);

    private string Table => _folder["in", "loans.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_bad_rows_is_read_no_further_than_it_takes_to_see_it()
    {
        File.WriteAllLines(Table, [PeerLoan.Header, .. Enumerable.Repeat(Bad, ManyRows)]);
        using var source = CsvSource.Open(Table);
        var (rows, read) = (new LabelledRows(source, PeerLoan.Product), 0);

        var error = Assert.Throws<CsvFileException>(() =>
        {
            while (rows.Read())
            {
                read++;
            }
        });

        Assert.Equal(UsableRows.FewestToJudge - 1, read);
        Assert.Contains("10,000 of the first 10,000 rows cannot be used", error.Message);
        Assert.Contains("Line 2: ", error.Message);
        Assert.Contains("Line 4: ", error.Message);
        Assert.DoesNotContain("Line 5: ", error.Message);
    }

    [Fact]
    public void Half_of_the_rows_may_be_bad_wherever_they_stand_after_the_first()
    {
        string[] lines = [PeerLoan.Header, .. Enumerable.Repeat(PeerLoan.OnTime, 6_000), .. Enumerable.Repeat(Bad, 6_000)];
        File.WriteAllLines(Table, lines);
        Assert.Equal(6_000, DataSetReader.Read(Table, PeerLoan.Product).ProblemCount);

        File.WriteAllLines(Table, [.. lines, Bad]);
        Assert.Contains(
            "6,001 of the first 12,001 rows", Assert.Throws<CsvFileException>(() => DataSetReader.Read(Table, PeerLoan.Product)).Message);
    }

    [Fact]
    public async Task Every_way_in_stops_at_a_file_of_bad_rows_and_says_why()
    {
        File.WriteAllLines(Table, [PeerLoan.Header, .. Enumerable.Repeat(Bad, 20_000)]);

        foreach (var way in WaysIn.OfProducts(_folder["in"], "loans.csv", _folder.Path))
        {
            var refused = await TestConsole.RunInAsync(_folder["data"], way);

            Assert.True(
                refused.ExitCode != 0
                    && refused.Error.Contains("rows cannot be used, and the rest was not read")
                    && refused.Error.Contains("Line 2: "),
                $"{string.Join(' ', way)}: {refused}");
            Assert.False(File.Exists(_folder["scored.csv"]));
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(300, 700)]
    public async Task Every_way_in_fails_at_a_small_file_of_which_most_rows_are_bad_and_names_the_first(int good, int bad)
    {
        File.WriteAllLines(Table, [PeerLoan.Header, .. Enumerable.Repeat(PeerLoan.OnTime, good), .. Enumerable.Repeat(Bad, bad)]);

        foreach (var way in WaysIn.OfProducts(_folder["in"], "loans.csv", _folder.Path))
        {
            var refused = await TestConsole.RunInAsync(_folder["data"], way);

            Assert.True(
                refused.ExitCode == 1
                    && refused.Error.Contains($"{bad} of {good + bad:N0} rows cannot be used; is it ", StringComparison.Ordinal)
                && refused.Error.Contains($"ine {good + 2}: loan_amnt must be", StringComparison.Ordinal),
                $"{string.Join(' ', way)}: {refused}");
        }
    }

    [Fact]
    public async Task Half_of_a_small_file_may_be_bad_and_the_profile_names_the_first()
    {
        File.WriteAllLines(Table, [PeerLoan.Header, PeerLoan.OnTime, Bad, PeerLoan.Late, Bad]);

        var profile = await TestConsole.RunInAsync(_folder["data"], "profile", "peerloan", "--data", Table);
        var scored = await TestConsole.RunInAsync(_folder["data"], "score", "peerloan", "--in", Table, "--out", _folder["scored.csv"]);

        Assert.Equal((0, 0), (profile.ExitCode, scored.ExitCode));
        Assert.Contains("2 of 4 rows cannot be used and are left out; the first is line 3: loan_amnt must be", profile.Output);
    }

    [Fact]
    public async Task Init_stops_at_a_file_whose_rows_do_not_fit_its_header()
    {
        File.WriteAllLines(Table, ["a,b", .. Enumerable.Repeat("1,2,3", ManyRows)]);

        var refused = await TestConsole.RunInAsync(_folder["data"], "init", "drafted", "--from", Table, "--out", _folder["products"]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("10,000 of the first 10,000 rows", refused.Error);
        Assert.Contains("Line 2: 3 fields", refused.Error);
    }

    private static string Bad { get; } = PeerLoan.OnTime.Replace("12000", "much", StringComparison.Ordinal);
}
