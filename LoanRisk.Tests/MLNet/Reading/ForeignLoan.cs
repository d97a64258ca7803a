namespace LoanRisk.Tests.MLNet.Reading;

/// <summary>A row of PeerLoan's data as a program with ML.NET would read it.</summary>
internal sealed class ForeignLoan
{
    public float loan_amnt { get; init; }

    public float int_rate { get; init; }

    public string purpose { get; init; } = "";

    public string grade { get; init; } = "";

    public float annual_inc { get; init; }

    public float revol_util { get; init; }

    public string emp_length { get; init; } = "";

    public float dti { get; init; }

    public float delinq_2yrs { get; init; }

    public string home_ownership { get; init; } = "";

    public bool Label { get; init; }

    public static IEnumerable<ForeignLoan> Read(string file) =>
        File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => new ForeignLoan
    {
        loan_amnt = Number(cells[0]),
        int_rate = Number(cells[1]),
        purpose = cells[2],
        grade = cells[3],
        annual_inc = Number(cells[4]),
        revol_util = Number(cells[5]),
        emp_length = cells[6],
        dti = Number(cells[7]),
        delinq_2yrs = Number(cells[8]),
        home_ownership = cells[9],
        Label = cells[10] == "1",
    });

    private static float Number(string cell) => cell.Length == 0 ? float.NaN : float.Parse(cell);
}
