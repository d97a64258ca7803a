using LoanRisk.Tests.Loans;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Hosting;

/// <summary>A row of the shipped product as a program with ML.NET has it.</summary>
public sealed class LoanRow
{
    [ColumnName("loan_amnt")]
    public float Amount { get; set; }

    [ColumnName("int_rate")]
    public float Rate { get; set; }

    [ColumnName("purpose")]
    public string Purpose { get; set; } = "";

    [ColumnName("grade")]
    public string Grade { get; set; } = "";

    [ColumnName("annual_inc")]
    public float Income { get; set; }

    [ColumnName("emp_length")]
    public string Employment { get; set; } = "";

    [ColumnName("home_ownership")]
    public string Home { get; set; } = "";

    [ColumnName("dti")]
    public float Debt { get; set; }

    [ColumnName("revol_util")]
    public float Utilisation { get; set; }

    [ColumnName("delinq_2yrs")]
    public float Delinquencies { get; set; }

    /// <summary>Rows with every level, none, and one that nobody has seen.</summary>
    public static IEnumerable<LoanRow> Some(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            yield return new LoanRow
            {
                Amount = random.Next(1000, 40000),
                Rate = (float)(0.05 + (0.25 * random.NextDouble())),
                Purpose = Level("purpose"),
                Grade = Level("grade"),
                Income = random.Next(8) == 0 ? float.NaN : random.Next(5000, 300000),
                Employment = Level("emp_length"),
                Home = Level("home_ownership"),
                Debt = random.Next(8) == 0 ? float.NaN : (float)(40 * random.NextDouble()),
                Utilisation = random.Next(8) == 0 ? float.NaN : (float)random.NextDouble(),
                Delinquencies = random.Next(5),
            };
        }

        string Level(string feature)
        {
            var levels = PeerLoan.Product.Features.Single(f => f.Name == feature).Levels;
            var place = random.Next(levels.Count + 2);
            return place < levels.Count ? levels[place].Value : place == levels.Count ? "" : "never seen";
        }
    }
}
