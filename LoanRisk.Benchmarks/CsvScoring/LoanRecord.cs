using CsvHelper.Configuration.Attributes;

namespace LoanRisk.Benchmarks.CsvScoring;

/// <summary>A PeerLoan row as a class, as CsvHelper reads it by name.</summary>
internal sealed class LoanRecord
{
    [Name("loan_amnt")]
    public int Amount { get; set; }

    [Name("int_rate")]
    public double Rate { get; set; }

    [Name("purpose")]
    public string Purpose { get; set; } = "";

    [Name("grade")]
    public string Grade { get; set; } = "";

    [Name("annual_inc")]
    public double Income { get; set; }

    [Name("emp_length")]
    public string Employment { get; set; } = "";

    [Name("home_ownership")]
    public string Home { get; set; } = "";

    [Name("dti")]
    public double DebtToIncome { get; set; }

    [Name("revol_util")]
    public double? Utilisation { get; set; }

    [Name("delinq_2yrs")]
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
