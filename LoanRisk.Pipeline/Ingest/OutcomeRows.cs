using System.Text;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>
/// Decided loans whose outcome was reported, as a CSV file that joins like any other. A prediction is never a label: only reported outcomes
/// are.
/// </summary>
internal static class OutcomeRows
{
    /// <summary>The column that tells which decision a row came from.</summary>
    public const string DecisionColumn = "decision_id";

    /// <summary>The file's text; the same loans give the same text.</summary>
    /// <exception cref="ArgumentException">Nothing was reported of a loan.</exception>
    public static string Text(LoanProduct product, IEnumerable<DecidedLoan> loans)
    {
        using var text = new StringWriter(new StringBuilder());
        CsvText.WriteRow(text, [.. product.FeatureNames, product.Target.Column, DecisionColumn], ',', Cells.Verbatim);
        foreach (var loan in loans)
        {
            var values = product.FeatureNames.Select(name => loan.Values.GetValueOrDefault(name) ?? "");
            CsvText.WriteRow(text, [.. values, Label(product, loan), loan.DecisionId], ',', Cells.Verbatim);
        }

        return text.ToString();
    }

    /// <summary>What the data's target column says of a loan.</summary>
    /// <exception cref="ArgumentException">Nothing was reported of it.</exception>
    public static string Label(LoanProduct product, DecidedLoan loan) => loan.Bad switch
    {
        true => product.Target.Bad,
        false => product.Target.Good,
        null => throw new ArgumentException($"Nothing was reported of decision {loan.DecisionId}.", nameof(loan)),
    };

    /// <summary>The decisions that a part holds, with the label that joined.</summary>
    public static IEnumerable<(string DecisionId, string Label)> Joined(string part, LoanProduct product)
    {
        using var source = CsvSource.Open(part);
        var (id, label) = (source.Column(DecisionColumn), source.Column(product.Target.Column));
        while (source.Read())
        {
            yield return (source.Fields[id], source.Fields[label]);
        }
    }
}
