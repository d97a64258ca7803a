using LoanRisk.Tests.Trees.Training.Binning;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Growing;

namespace LoanRisk.Tests.Trees.Training.Growing;

public class RowPartitionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(500, 1)]
    [InlineData(50_000, 1)]
    [InlineData(50_000, 3)]
    public void Rows_keep_their_order_on_both_sides_however_often_runs_are_cut(int rowCount, int threads)
    {
        var random = new Random(rowCount);
        var columns = RandomColumns.Of(random, 9, rowCount, 250);
        int[] bag = [.. Enumerable.Range(0, rowCount).Where(row => row % 11 != 5)];
        var partition = new RowPartition(columns, new WorkerTeam(threads), new int[2 * rowCount]);
        Cut(partition.Reset(bag), bag, depth: 0);

        void Cut(RowRun run, int[] expected, int depth)
        {
            Assert.Equal(expected, partition.Rows(run).ToArray());
            if (depth == 4)
            {
                return;
            }

            bool[] goesLeft = [.. Enumerable.Range(0, 256).Select(_ => depth != 2 && random.Next(3) > 0)];
            var column = random.Next(9);
            var (left, right) = partition.Split(run, column, goesLeft);
            Cut(left, [.. expected.Where(row => goesLeft[columns[column, row]])], depth + 1);
            Cut(right, [.. expected.Where(row => !goesLeft[columns[column, row]])], depth + 1);
        }
    }
}
