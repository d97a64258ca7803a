using LoanRisk.MLNet.Columns;
using Microsoft.ML.Data;

namespace LoanRisk.Benchmarks.Embedded;

/// <summary>A row of the shipped product as a program with ML.NET has it.</summary>
public sealed class LoanInput
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

    /// <summary>Rows of numbers and levels, the same for the same seed; one value in ten is missing.</summary>
    public static LoanInput[] Some(InputSchema schema, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => new LoanInput
        {
            Amount = random.Next(1000, 40000),
            Rate = (float)(0.05 + (0.25 * random.NextDouble())),
            Purpose = Level("purpose"),
            Grade = Level("grade"),
            Income = random.Next(2300, 300000),
            Employment = random.Next(10) == 0 ? "" : Level("emp_length"),
            Home = Level("home_ownership"),
            Debt = (float)(40 * random.NextDouble()),
            Utilisation = random.Next(10) == 0 ? float.NaN : (float)random.NextDouble(),
            Delinquencies = random.Next(5),
        })];

        string Level(string name) =>
            schema.Columns.First(column => column.Name == name).Levels is var levels ? levels[random.Next(levels.Length)] : "";
    }
}

/// <summary>What ML.NET answers.</summary>
public sealed class LoanOutput
{
    public float Score { get; set; }

    public float Probability { get; set; }
}
