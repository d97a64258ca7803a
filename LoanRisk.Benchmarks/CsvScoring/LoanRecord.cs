using CsvHelper;

namespace LoanRisk.Benchmarks.CsvScoring;

/// <summary>A PeerLoan row as a class, as CsvHelper reads it by name.</summary>
[CsvRecord]
internal sealed partial class LoanRecord
{
    [CsvColumn("loan_amnt")]
    public int Amount { get; set; }

    [CsvColumn("int_rate")]
    public double Rate { get; set; }

    [CsvColumn("purpose")]
    public string Purpose { get; set; } = "";

    [CsvColumn("grade")]
    public string Grade { get; set; } = "";

    [CsvColumn("annual_inc")]
    public double Income { get; set; }

    [CsvColumn("emp_length")]
    public string Employment { get; set; } = "";

    [CsvColumn("home_ownership")]
    public string Home { get; set; } = "";

    [CsvColumn("dti")]
    public double DebtToIncome { get; set; }

    [CsvColumn("revol_util")]
    public double? Utilisation { get; set; }

    [CsvColumn("delinq_2yrs")]
    public int LatePayments { get; set; }

    /// <summary>Writes the feature row, in the product's order.</summary>
    public void Fill(double[] row, Dictionary<string, Dictionary<string, double>> codes)
    {
        row[0] = Amount;
        row[1] = Rate;
        row[2] = codes["purpose"].GetValueOrDefault(Purpose, double.NaN);
        row[3] = codes["grade"].GetValueOrDefault(Grade, double.NaN);
        row[4] = Income;
        row[5] = codes["emp_length"].GetValueOrDefault(Employment, double.NaN);
        row[6] = codes["home_ownership"].GetValueOrDefault(Home, double.NaN);
        row[7] = DebtToIncome;
        row[8] = Utilisation ?? double.NaN;
        row[9] = LatePayments;
    }
}
