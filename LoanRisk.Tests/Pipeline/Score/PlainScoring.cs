using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Score;

/// <summary>
/// Scoring as it is easy to read: row by row, each decided about as a single application is. What the run on all cores must equal to the
/// last byte.
/// </summary>
internal static class PlainScoring
{
    public static (string Output, string Errors) Run(DecisionEngine engine, string input, Cells cells = Cells.Safe)
    {
        using var source = CsvSource.Open(input);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var columns = new ApplicationColumns(source, engine.Product);
        CsvText.WriteRow(
            output, [.. source.Header, "probability", "decision", "reason1", "reason2", "reason3", "reason4"], source.Separator, cells);
        CsvText.WriteRow(errors, ["line", "cause"], source.Separator, cells);
        while (source.Read())
        {
            var check = source.Problem is null ? columns.Check(source.Fields) : null;
            if (check?.Application is { } application)
            {
                CsvText.WriteRow(output, source.Fields.Concat(Added(engine.Decide(application))), source.Separator, cells);
            }
            else
            {
                CsvText.WriteRow(
                    errors,
                    [source.Line.ToString(), source.Problem ?? string.Join(" ", check!.Problems.Select(p => p.Message))],
                    source.Separator,
                    cells);
            }
        }

        return (output.ToString(), errors.ToString());
    }

    private static IEnumerable<string> Added(Decision decision) =>
    [
        decision.Probability.ToString("R"),
        decision.Outcome.ToString().ToLowerInvariant(),
        .. Enumerable.Range(0, 4).Select(i => i < decision.Reasons.Count ? decision.Reasons[i].Text : ""),
    ];
}
