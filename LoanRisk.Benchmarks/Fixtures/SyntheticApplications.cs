using System.Globalization;

namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>Loans of PeerLoan whose risk rises with rate and debt.</summary>
internal static class SyntheticApplications
{
    /// <summary>One as the API takes it.</summary>
    public const string Json = """
        {"loan_amnt": 12000, "int_rate": 0.1399, "purpose": "credit_card", "grade": "C", "annual_inc": 62000,
         "revol_util": 0.41, "emp_length": "5 years", "dti": 17.2, "delinq_2yrs": 0, "home_ownership": "RENT"}
        """;

    /// <summary>Rows with their outcome.</summary>
    public static string Csv(int rows, int seed)
    {
        var random = new Random(seed);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine("loan_amnt,int_rate,purpose,grade,annual_inc,revol_util,emp_length,dti,delinq_2yrs,home_ownership,is_late");
        for (var row = 0; row < rows; row++)
        {
            var grade = random.Next(7);
            var (rate, debt) = (0.06 + (0.03 * grade) + (0.02 * random.NextDouble()), 39 * random.NextDouble());
            var late = random.NextDouble() < 0.05 + (1.2 * rate * debt / 39);
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{1000 + (25 * random.Next(1500))},{rate:F4},car,{"ABCDEFG"[grade]},{20000 + (1000 * random.Next(120))},"
                + $"{random.NextDouble():F3},5 years,{debt:F2},{random.Next(4) / 3},RENT,{(late ? 1 : 0)}"));
        }

        return text.ToString();
    }
}
