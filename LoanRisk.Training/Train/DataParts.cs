using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Training.Train;

/// <summary>Which rows serve what in the final model; no row serves two purposes.</summary>
/// <param name="Trees">The trees learn from these.</param>
/// <param name="Stopping">Early stopping watches these: every fifth of the rows for the trees.</param>
/// <param name="Calibration">The calibrations are fitted on these.</param>
/// <param name="Choice">One calibration is chosen on these.</param>
/// <param name="Test">Nothing but the reported measures has seen these.</param>
public sealed record DataParts(int[] Trees, int[] Stopping, int[] Calibration, int[] Choice, int[] Test)
{
    /// <summary>Every how many-th row of a training part is kept for early stopping.</summary>
    public const int StoppingStride = 5;

    /// <summary>Bad or good loans that each class needs, so that every part has some.</summary>
    public const int FewestOfAClass = Shares;

    private const int Shares = 20;

    /// <summary>Shuffles the rows of each class by the seed and deals them: 13 of 20 to the trees, 2 to calibration, 2 to the choice, 3 to the test.</summary>
    public static DataParts Deal(bool[] bad, int seed)
    {
        var share = new int[bad.Length];
        DealClass(true);
        DealClass(false);
        var (trees, stopping) = Stop([.. Rows(0, 13)]);
        return new DataParts(trees, stopping, [.. Rows(13, 15)], [.. Rows(15, 17)], [.. Rows(17, Shares)]);

        void DealClass(bool outcome)
        {
            var rows = Enumerable.Range(0, bad.Length).Where(i => bad[i] == outcome).ToArray();
            Shuffle(rows, new SeededRandom(seed, outcome ? 1 : 0));
            for (var i = 0; i < rows.Length; i++)
            {
                share[rows[i]] = i % Shares;
            }
        }

        IEnumerable<int> Rows(int from, int to) => Enumerable.Range(0, bad.Length).Where(i => share[i] >= from && share[i] < to);
    }

    /// <summary>Takes every fifth row for early stopping.</summary>
    public static (int[] Trees, int[] Stopping) Stop(int[] rows) =>
        ([.. rows.Where((_, i) => i % StoppingStride != 0)], [.. rows.Where((_, i) => i % StoppingStride == 0)]);

    // Fisher and Yates.
    private static void Shuffle(int[] rows, SeededRandom random)
    {
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var other = random.NextBelow(i + 1);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }
    }
}
