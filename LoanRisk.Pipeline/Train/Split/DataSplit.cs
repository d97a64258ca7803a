using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Pipeline.Train.Split;

/// <summary>
/// Which rows serve what; no row serves two purposes. The test rows are chosen by their content (<see cref="RowHash"/>), so they are the
/// same for every seed and every search, and they only grow as data joins; a product with dates keeps its newest rows for the test instead.
/// The seed deals the others. Rows of one id, and rows with equal features (<see cref="RowGroups"/>), stay in one part, that of the first
/// of them; every other row stands where it would without them.
/// </summary>
/// <param name="Trees">The trees learn from these.</param>
/// <param name="Stopping">Early stopping watches these: every fifth of the rows for the trees.</param>
/// <param name="Calibration">The calibrations are fitted on these.</param>
/// <param name="CalibrationSelection">One calibration is chosen on these.</param>
/// <param name="Test">Nothing but the reported measures has seen these.</param>
public sealed record DataSplit(int[] Trees, int[] Stopping, int[] Calibration, int[] CalibrationSelection, int[] Test)
{
    /// <summary>Every how many-th row of a training part is kept for early stopping.</summary>
    public const int StoppingStride = 5;

    /// <summary>Bad or good loans that each class needs, so that every part has some.</summary>
    public const int FewestOfAClass = DataSet.FewestGroups;

    private const int Shares = 20;

    private const int TestShares = 3;

    // Of the 17 shares that are not for the test; spread, so that the first few rows of a class reach every part.
    private static readonly int[] CalibrationShares = [0, 8];

    // More of the rows would leave too few to learn from.
    private const double MostInTest = 0.4;

    private static readonly int[] ChoiceShares = [4, 12];

    /// <summary>The rows for the trees with those that stop them, in file order.</summary>
    public int[] TrainAndStopping => [.. Trees.Concat(Stopping).Order()];

    /// <summary>All rows but the test's, in file order: what any choice may be made on.</summary>
    public int[] Development => [.. Trees.Concat(Stopping).Concat(Calibration).Concat(CalibrationSelection).Order()];

    /// <summary>Refuses data that cannot give every part good and bad loans.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="work">What needs them, as a sentence begins.</param>
    /// <exception cref="InvalidInputException">There are too few of one outcome.</exception>
    public static void RequireEnough(DataSet data, string work)
    {
        int[] first = [.. Enumerable.Range(0, data.RowCount).Where(row => data.Groups[row] == row)];
        var bad = first.Count(row => data.Bad[row]);
        var (good, many) = (first.Length - bad, data.Product.Subject.Many);
        if (bad < FewestOfAClass || good < FewestOfAClass)
        {
            var ofOneId = first.Length < data.RowCount ? ", rows of one id counted once" : "";
            throw new InvalidInputException(
                $"{work} needs at least {FewestOfAClass} bad and {FewestOfAClass} good {many}; "
                + $"{data.FileName} has {bad:N0} and {good:N0}{ofOneId}.");
        }
    }

    /// <summary>
    /// Of 20 shares 3 go to the test by content, or with dates the newest 3; of the others 13 go to the trees, 2 to calibration and 2 to
    /// the choice, class by class.
    /// </summary>
    /// <param name="data">All rows.</param>
    /// <param name="seed">Deals the rows that are not for the test.</param>
    /// <param name="machines">
    /// All machines of the run: each deals its own rows, and the newest rows are those of all machines. Null where all rows are here.
    /// </param>
    public static DataSplit Create(DataSet data, int seed, ITrainingMachines? machines = null) =>
        Create(
            data.Bad,
            data.Dates is { } dates && Newest(dates, data.Bad, data.Groups, machines ?? OneMachine.Instance) is { } newest
                ? newest
                : TestRows(data.Columns, data.Bad, data.Groups),
            data.Groups,
            seed);

    private static DataSplit Create(bool[] bad, HashSet<int> test, RowGroups groups, int seed)
    {
        var share = new int[bad.Length];
        DealClass(true);
        DealClass(false);
        share = [.. share.Select((_, row) => share[groups[row]])];
        var (trees, stopping) = Stop([.. Rows(s => s >= 0 && !CalibrationShares.Contains(s) && !ChoiceShares.Contains(s))], groups);
        return new DataSplit(
            trees, stopping, [.. Rows(CalibrationShares.Contains)], [.. Rows(ChoiceShares.Contains)], [.. Rows(s => s < 0)]);

        void DealClass(bool outcome)
        {
            var rows = Enumerable.Range(0, bad.Length).Where(i => bad[i] == outcome && !test.Contains(i)).ToArray();
            Shuffle(rows, new SeededRandom(seed, outcome ? 1 : 0));
            for (var i = 0; i < rows.Length; i++)
            {
                share[rows[i]] = i % (Shares - TestShares);
            }

            foreach (var row in test)
            {
                share[row] = -1;
            }
        }

        IEnumerable<int> Rows(Func<int, bool> belongs) => Enumerable.Range(0, bad.Length).Where(i => belongs(share[i]));
    }

    /// <summary>
    /// Takes every fifth row for early stopping; rows that belong together count as one and go where the first of them goes.
    /// </summary>
    public static (int[] Trees, int[] Stopping) Stop(int[] rows, RowGroups groups)
    {
        var stops = new Dictionary<int, bool>(rows.Length);
        foreach (var row in rows)
        {
            stops.TryAdd(groups[row], stops.Count % StoppingStride == 0);
        }

        var areStopping = Array.ConvertAll(rows, row => stops[groups[row]]);
        return ([.. rows.Where((_, i) => !areStopping[i])], [.. rows.Where((_, i) => areStopping[i])]);
    }

    private static HashSet<int> TestRows(IReadOnlyList<double[]> columns, bool[] bad, RowGroups groups)
    {
        HashSet<int> test = [];
        foreach (var outcome in (bool[])[true, false])
        {
            var rows = Enumerable.Range(0, bad.Length).Where(i => bad[i] == outcome).ToArray();
            var hashes = Array.ConvertAll(rows, row => RowHash.Of(columns, groups[row]));
            var chosen = rows.Where((_, i) => hashes[i] % Shares < TestShares).ToList();
            // In a file so small that chance gives the test none of a class, the row with the smallest hash is taken.
            test.UnionWith(chosen.Count > 0 || rows.Length == 0 ? chosen : [rows[Array.IndexOf(hashes, hashes.Min())]]);
        }

        return WithTheirGroups(test, bad.Length, groups);
    }

    private static HashSet<int> WithTheirGroups(HashSet<int> test, int rows, RowGroups groups)
    {
        var chosen = test.Select(row => groups[row]).ToHashSet();
        return [.. Enumerable.Range(0, rows).Where(row => chosen.Contains(groups[row]))];
    }

    // Whole days, so that rows of one day are on one side. Null when they hold one outcome only, or when what belongs with them takes too
    // much of the older rows along.
    private static HashSet<int>? Newest(DateOnly[] dates, bool[] bad, RowGroups groups, ITrainingMachines machines)
    {
        DateOnly[] all = [.. machines.All(dates).Order()];
        var from = all[(int)((long)all.Length * (Shares - TestShares) / Shares)];
        var test = WithTheirGroups([.. Enumerable.Range(0, dates.Length).Where(i => dates[i] >= from)], dates.Length, groups);
        var (badRows, goodRows) = (machines.Sum(test.Count(i => bad[i])), machines.Sum(test.Count(i => !bad[i])));
        return badRows + goodRows <= MostInTest * all.Length && badRows > 0 && goodRows > 0 ? test : null;
    }

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
