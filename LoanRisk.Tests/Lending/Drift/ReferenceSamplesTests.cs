using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>The rows of training, as a package describes them, in place of the rows themselves.</summary>
public sealed class ReferenceSamplesTests
{
    private const int Rows = 5_000;

    private static readonly DriftColumn[] Columns = [.. TinyLoan.Product.Features.Select(DriftColumn.Of)];

    private static readonly double[][] Training = Draw(Rows, 1);

    private static readonly TrainingReference Reference = ReferenceBuilder.Of(
        TinyLoan.Product,
        Training,
        [.. Enumerable.Range(0, Rows).Select(i => i % 4 == 0)],
        [.. Enumerable.Range(0, Rows).Select(i => (double)i / Rows)]);

    private static readonly IReadOnlyList<FeatureSample> OfRows = Summed(Training);

    private static readonly IReadOnlyList<FeatureSample> OfPackage =
        [.. Columns.Select((c, i) => ReferenceSamples.Of(c, Reference.Features[i], Rows))];

    [Fact]
    public void Levels_means_and_variances_are_those_of_the_rows()
    {
        foreach (var (rows, package) in OfRows.Zip(OfPackage))
        {
            Assert.Equal((rows.Rows, rows.Missing), (package.Rows, package.Missing));
            if (rows is LevelSample levels)
            {
                Assert.Equal(levels.Counts, ((LevelSample)package).Counts);
            }
            else
            {
                var (exact, told) = (((NumberSample)rows).Moments, ((NumberSample)package).Moments);
                Assert.Equal(exact.Mean, told.Mean, 1e-9);
                Assert.Equal(exact.Variance, told.Variance, 1e-9 * exact.Variance);
            }
        }
    }

    [Fact]
    public void Tests_against_the_package_are_those_against_the_rows_but_for_half_a_percent_of_the_gap()
    {
        var current = Summed(Draw(800, 2));

        var (rows, package) = (Compare(OfRows, current), Compare(OfPackage, current));

        Assert.Equal(rows.Tests, package.Tests);
        foreach (var feature in rows.Features)
        {
            var told = package.Features.Single(f => f.Name == feature.Name);
            foreach (var (exact, other) in feature.Findings.Zip(told.Findings))
            {
                Assert.Equal(exact.Test, other.Test);
                if (exact.Test == "Kolmogorov-Smirnov")
                {
                    Assert.InRange(other.Statistic!.Value, exact.Statistic!.Value - 0.0051, exact.Statistic.Value + 0.0051);
                }
                else if (exact.Aspect != DriftAspect.Unseen)
                {
                    Assert.Equal(exact.PValue, other.PValue, 1e-9);
                }
            }
        }
    }

    [Fact]
    public void A_reference_of_another_form_is_refused() =>
        Assert.Throws<ArgumentException>(() => ReferenceSamples.Of(Columns[0], Reference.Features[4], Rows));

    private static DriftReport Compare(IReadOnlyList<FeatureSample> reference, IReadOnlyList<FeatureSample> current) => DriftComparison.Of(
        "tinyloan", DriftRule.Default, 0.01, [.. Columns.Select((c, i) => new ComparedColumn(c, reference[i], current[i]))], []);

    private static IReadOnlyList<FeatureSample> Summed(double[][] columns)
    {
        var summary = new SampleSummary(Columns);
        summary.Add(columns, columns[0].Length);
        return summary.ToSamples();
    }

    private static double[][] Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var columns = TinyLoan.Product.Features.Select(_ => new double[rows]).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var f = 0; f < columns.Length; f++)
            {
                var feature = TinyLoan.Product.Features[f];
                columns[f][row] = feature.MayBeMissing && random.NextDouble() < 0.1 ? double.NaN
                    : feature.HasLevels ? random.NextBelow(feature.Levels.Count)
                    : feature.Seen!.Min + ((feature.Seen.Max - feature.Seen.Min) * random.NextDouble());
            }
        }

        return columns;
    }
}
