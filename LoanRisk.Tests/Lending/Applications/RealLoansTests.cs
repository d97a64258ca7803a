using LoanRisk.Lending.Applications;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>The product file against the loans it describes.</summary>
[Slow]
public sealed class RealLoansTests
{
    [Fact]
    public void Every_real_loan_is_an_application_without_a_problem_or_a_warning()
    {
        var rows = 0;
        var complaints = new List<string>();
        using var lines = File.ReadLines(SharedFolder.Require("data", "peerloan_train.csv")).GetEnumerator();
        lines.MoveNext();
        var columns = lines.Current.Split(',');
        while (lines.MoveNext())
        {
            rows++;
            complaints.AddRange(Complaints(columns, lines.Current.Split(',')).Take(10 - Math.Min(10, complaints.Count)));
        }

        Assert.Empty(complaints);
        Assert.Equal(111_068, rows);
    }

    private static IEnumerable<string> Complaints(string[] columns, string[] cells)
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var (column, cell) in columns.Zip(cells))
        {
            if (column != PeerLoan.Product.Target.Column)
            {
                fields.Add(column, FieldValue.OfText(cell));
            }
        }

        var check = LoanApplication.Check(PeerLoan.Product, fields, InputStyle.Text);
        return check.Problems.Select(p => p.Message).Concat(check.Application?.Warnings.Select(w => w.Message) ?? []);
    }
}
