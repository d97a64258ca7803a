using System.Globalization;
using System.Linq;
using System.IO;
using Microsoft.ML;

// PlainProgram MODEL.zip ROWS.csv: prints the score and the probability of each row.
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var engine = ml.Model.CreatePredictionEngine<Applicant, Answer>(model);
foreach (var row in File.ReadLines(args[1]).Skip(1).Select(line => line.Split(',')))
{
    var answer = engine.Predict(new Applicant
    {
        loan_amnt = Number(row[0]),
        int_rate = Number(row[1]),
        purpose = row[2],
        grade = row[3],
        annual_inc = Number(row[4]),
        emp_length = row[5],
        home_ownership = row[6],
        dti = Number(row[7]),
        revol_util = Number(row[8]),
        delinq_2yrs = Number(row[9]),
    });
    System.Console.WriteLine($"{answer.Score:R},{answer.Probability:R}");
}

static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

/// <summary>The columns of PeerLoan's data.</summary>
public sealed class Applicant
{
    public float loan_amnt { get; set; }
    public float int_rate { get; set; }
    public string purpose { get; set; } = "";
    public string grade { get; set; } = "";
    public float annual_inc { get; set; }
    public string emp_length { get; set; } = "";
    public string home_ownership { get; set; } = "";
    public float dti { get; set; }
    public float revol_util { get; set; }
    public float delinq_2yrs { get; set; }
}

/// <summary>What ML.NET answers.</summary>
public sealed class Answer
{
    public float Score { get; set; }
    public float Probability { get; set; }
}
