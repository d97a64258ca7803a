using LoanRisk.Training.Train;

namespace LoanRisk.Tests.Training.Train;

public sealed class DataPartsTests
{
    private static readonly bool[] Bad = [.. Enumerable.Range(0, 2_000).Select(i => i % 9 == 0)];

    [Fact]
    public void No_row_serves_two_purposes_and_none_is_lost()
    {
        var parts = DataParts.Deal(Bad, 3);

        Assert.Equal(Enumerable.Range(0, 2_000), All(parts).SelectMany(p => p).Order());
    }

    [Fact]
    public void Every_part_has_its_share_of_bad_loans() =>
        Assert.All(All(DataParts.Deal(Bad, 3)), part => Assert.InRange(part.Count(r => Bad[r]) / (double)part.Length, 0.09, 0.135));

    [Fact]
    public void The_seed_decides()
    {
        Assert.Equal(DataParts.Deal(Bad, 3).Test, DataParts.Deal(Bad, 3).Test);
        Assert.NotEqual(DataParts.Deal(Bad, 3).Test, DataParts.Deal(Bad, 4).Test);
    }

    [Fact]
    public void The_smallest_allowed_file_gives_every_part_both_outcomes()
    {
        var bad = Enumerable.Range(0, 2 * DataParts.FewestOfAClass).Select(i => i % 2 == 0).ToArray();

        Assert.All(All(DataParts.Deal(bad, 1)).Skip(2), part => Assert.Equal([false, true], part.Select(r => bad[r]).Distinct().Order()));
    }

    private static int[][] All(DataParts parts) => [parts.Trees, parts.Stopping, parts.Calibration, parts.Choice, parts.Test];
}
