using LoanRisk.Pipeline.Data;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Data;

public sealed class FoldsTests
{
    [Fact]
    public void Each_class_is_dealt_in_file_order() =>
        Assert.Equal([0, 1, 0, 0, 1, 1, 0], Folds.Assign([false, false, true, false, true, false, true], 2));

    [Fact]
    public void Every_row_stands_in_one_fold_and_bad_loans_are_spread_evenly()
    {
        var bad = Enumerable.Range(0, 1_003).Select(i => i % 7 == 0).ToArray();
        var folds = Folds.Assign(bad, 5);

        var parts = Enumerable.Range(0, 5).Select(k => Folds.Rows(folds, f => f == k)).ToArray();

        Assert.Equal(Enumerable.Range(0, 1_003), parts.SelectMany(p => p).Order());
        Assert.All(parts, p => Assert.InRange(p.Count(r => bad[r]), 28, 29));
    }
}
