namespace LoanRisk.Lending.Calibration;

/// <summary>
/// Pool adjacent violators: the rising curve nearest to the outcomes in least squares (Ayer et al., 1955). Linear after one sort.
/// </summary>
internal static class AdjacentViolators
{
    public static List<ScoreBlock> Pool(double[] rawScores, bool[] bad)
    {
        var keys = (double[])rawScores.Clone();
        var outcomes = (bool[])bad.Clone();
        Array.Sort(keys, outcomes);
        var blocks = new List<ScoreBlock>();
        for (var i = 0; i < keys.Length;)
        {
            var block = Loan(keys[i], outcomes[i]);
            for (i++; i < keys.Length && keys[i] == block.Lowest; i++)
            {
                block += Loan(keys[i], outcomes[i]);
            }

            while (blocks.Count > 0 && blocks[^1].BadRate >= block.BadRate)
            {
                block = blocks[^1] + block;
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    private static ScoreBlock Loan(double score, bool bad) => new(1, bad ? 1 : 0, score, score, score);
}

/// <summary>Neighbouring loans that share one probability.</summary>
internal readonly record struct ScoreBlock(int Loans, int Bad, double ScoreSum, double Lowest, double Highest)
{
    public double BadRate => (double)Bad / Loans;

    public double Smoothed => (Bad + 0.5) / (Loans + 1);

    // Within the block even after rounding, so that the centres of two blocks always rise.
    public double Centre => Math.Clamp(ScoreSum / Loans, Lowest, Highest);

    /// <summary>Joins two blocks, the lower one on the left.</summary>
    public static ScoreBlock operator +(ScoreBlock left, ScoreBlock right) =>
        new(left.Loans + right.Loans, left.Bad + right.Bad, left.ScoreSum + right.ScoreSum, left.Lowest, right.Highest);
}
