using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Data;

[Slow]
public sealed class DataSetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Rows_become_columns_as_an_application_reads_them()
    {
        var data = Read(PeerLoan.Header, PeerLoan.OnTime, PeerLoan.Late, "1000,0.06,car,A,90000,,,1,0,OWN,0");

        Assert.Equal([false, true, false], data.Bad);
        Assert.Equal([12000, 24000, 1000], Column(data, "loan_amnt"));
        Assert.Equal([3, 4, 0], Column(data, "grade"));
        Assert.Equal([10, 0, double.NaN], Column(data, "emp_length"));
        Assert.Equal([0.647, 0.91, double.NaN], Column(data, "revol_util"));
        Assert.Equal("0.2039", data.SampleValues["int_rate"]);
        Assert.Empty(data.Problems);
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_left_out()
    {
        var header = PeerLoan.Header.Split(',').Reverse().Append("id");
        var row = PeerLoan.Late.Split(',').Reverse().Append("77");

        var data = Read(string.Join(';', header), string.Join(';', row));

        Assert.Equal([24000], Column(data, "loan_amnt"));
        Assert.Equal([true], data.Bad);
        Assert.Equal(["id"], data.UnusedColumns);
    }

    [Theory]
    [InlineData("Amount asked for,rate,owner,rating,region,bad,Client no.,paid out,age_band,colour")]
    [InlineData("amount,rate,owner,rating,region,bad,Client no.,paid out,age_band,colour")]
    public void A_feature_is_read_from_the_data_s_column_or_from_one_of_its_own_name_and_known_columns_are_not_left_aside(string header)
    {
        File.WriteAllLines(_folder["tiny.csv"], [header, "500,0.1,1,mid,N,yes,C-7,01.02.2024,30s,red"]);

        var data = DataSetReader.Read(_folder["tiny.csv"], TinyLoan.Product);

        Assert.Equal([500], data.Columns[0]);
        Assert.Equal(["colour"], data.UnusedColumns);
    }

    [Theory]
    [InlineData("12000,0.2039,credit_card,D,42000.0,0.647,10+ "
        + "years,14.46,0,RENT,2", "is_late must be 1 (16 to 120 days late) or 0; it was \"2\".")]
    [InlineData("twelve,0.2039,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT,0", "loan_amnt")]
    [InlineData("12000,0.2039,credit_card,Q,42000.0,0.647,10+ years,14.46,0,RENT,0", "grade")]
    [InlineData("12000,,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT,0", "int_rate")]
    [InlineData("12000,0.2039,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT", "10 fields, but the header names 11 columns.")]
    public void A_bad_row_is_left_out_and_told_with_its_line(string bad, string cause)
    {
        var data = Read(PeerLoan.Header, PeerLoan.OnTime, bad, PeerLoan.Late);

        Assert.Equal(2, data.RowCount);
        var problem = Assert.Single(data.Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains(cause, problem.Cause);
    }

    [Fact]
    public void All_problems_of_a_row_are_told_together()
    {
        var data = Read(PeerLoan.Header, "x,y,credit_card,D,42000.0,0.647,10+ years,14.46,0,RENT,5");

        var cause = Assert.Single(data.Problems).Cause;
        Assert.All(["loan_amnt", "int_rate", "is_late"], name => Assert.Contains(name, cause));
    }

    [Fact]
    public void Bad_rows_beyond_the_first_are_counted()
    {
        var data = Read([PeerLoan.Header, .. Enumerable.Repeat("x", 50), PeerLoan.OnTime]);

        Assert.Equal(DataSetReader.MostProblems, data.Problems.Count);
        Assert.Equal(50, data.ProblemCount);
    }

    [Theory]
    [InlineData("loan_amnt")]
    [InlineData("is_late")]
    public void A_missing_column_is_named(string column)
    {
        var keep = PeerLoan.Header.Split(',').Select((name, i) => (name, i)).Where(c => c.name != column).ToArray();

        var error = Assert.Throws<CsvFileException>(() => Read(
            string.Join(',', keep.Select(c => c.name)), string.Join(',', keep.Select(c => PeerLoan.OnTime.Split(',')[c.i]))));

        Assert.Contains($"there is no column \"{column}\"", error.Message);
    }

    [Fact]
    public void A_header_alone_is_refused() =>
        Assert.Contains("no rows", Assert.Throws<CsvFileException>(() => Read(PeerLoan.Header)).Message);

    [Fact]
    public void The_real_file_reads_whole()
    {
        var data = DataSetReader.Read(SharedFolder.Require("data", "peerloan_train.csv"), PeerLoan.Product);

        Assert.Equal((111_068, 2_460, 0), (data.RowCount, data.BadCount, data.ProblemCount));
        Assert.Equal(7_747, Column(data, "emp_length").Count(double.IsNaN));
        Assert.Equal(117, Column(data, "revol_util").Count(double.IsNaN));
    }

    public void Dispose() => _folder.Dispose();

    private static double[] Column(DataSet data, string name) => data.Columns[PeerLoan.Product.FeatureNames.ToList().IndexOf(name)];

    private DataSet Read(params string[] lines)
    {
        var path = _folder["loans.csv"];
        File.WriteAllLines(path, lines);
        return DataSetReader.Read(path, PeerLoan.Product);
    }
}
