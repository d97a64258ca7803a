using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>The tests and effects against figures that R made.</summary>
public sealed class OracleTests
{
    // The logarithm of the gamma function at half a million has nine digits behind the point.
    private const double ManyRows = 1e-8;

    public static TheoryData<string> Welch => OracleCase.Names("welch");

    public static TheoryData<string> Moments => OracleCase.Names("moments");

    public static TheoryData<string> Gaps => OracleCase.Names("ks");

    public static TheoryData<string> Limits => OracleCase.Names("kslimit");

    public static TheoryData<string> Tails => OracleCase.Names("kstail");

    public static TheoryData<string> Proportions => OracleCase.Names("proportion");

    public static TheoryData<string> Fisher => OracleCase.Names("fisher");

    public static TheoryData<string> ChiSquare => OracleCase.Names("chisq");

    public static TheoryData<string> RankCases => OracleCase.Names("ranks");

    public static TheoryData<string> Adjustments => OracleCase.Names("adjust");

    public static TheoryData<string> Effects => OracleCase.Names("effect");

    public static TheoryData<string> Differences => OracleCase.Names("difference");

    [Theory]
    [MemberData(nameof(Welch))]
    public void Welchs_t_is_that_of_R(string name)
    {
        var given = OracleCase.Of("welch", name);

        var test = WelchTest.Of(NumberMoments.Of(given.First), NumberMoments.Of(given.Second));

        Check(given.Expected, test?.Statistic, test?.DegreesOfFreedom, test?.PValue);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Welchs_t_of_many_rows_is_that_of_R(string name)
    {
        var given = OracleCase.Of("moments", name);

        var test = WelchTest.Of(Of(given.First), Of(given.Second));

        CheckTo(ManyRows, given.Expected, test?.Statistic, test?.DegreesOfFreedom, test?.PValue);

        static NumberMoments Of(double[] moments) => new((long)moments[0], moments[1], moments[2] * (moments[0] - 1));
    }

    [Theory]
    [MemberData(nameof(Gaps))]
    public void The_gap_of_Kolmogorov_and_Smirnov_is_that_of_R(string name)
    {
        var given = OracleCase.Of("ks", name);

        var test = KolmogorovSmirnovTest.Of(Sorted(given.First), Sorted(given.Second));

        CheckGap(given, test);
    }

    [Theory]
    [MemberData(nameof(Tails))]
    public void The_limit_distribution_keeps_its_digits_in_the_tail(string name)
    {
        var given = OracleCase.Of("kstail", name);

        Check(given.Expected, KolmogorovSmirnovTest.Limit(given.First[0]));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void The_gap_of_many_pairs_has_the_limit_distribution_as_in_R(string name)
    {
        var given = OracleCase.Of("kslimit", name);

        CheckGap(given, KolmogorovSmirnovTest.Of(Sorted(given.First), Sorted(given.Second)));
    }

    [Theory]
    [MemberData(nameof(Proportions))]
    public void The_z_of_two_proportions_is_the_root_of_Rs_chi_square(string name)
    {
        var given = OracleCase.Of("proportion", name);

        var test = Shares(given)!;

        Assert.Equal("two-proportion z", test.Name);
        Check(given.Expected, test.Statistic, test.PValue);
    }

    [Theory]
    [MemberData(nameof(Fisher))]
    public void Fishers_test_stands_in_where_few_are_expected_and_is_that_of_R(string name)
    {
        var given = OracleCase.Of("fisher", name);

        var test = Shares(given)!;

        Assert.Equal("Fisher's exact", test.Name);
        Check(given.Expected, test.PValue);
    }

    [Theory]
    [MemberData(nameof(ChiSquare))]
    public void Chi_square_with_rare_levels_taken_together_is_that_of_R(string name)
    {
        var given = OracleCase.Of("chisq", name);

        var test = ChiSquareTest.Of(given.FirstCounts, given.SecondCounts);

        Check(given.Expected, test?.Statistic, test?.DegreesOfFreedom, test?.PValue);
    }

    [Theory]
    [MemberData(nameof(RankCases))]
    public void U_with_its_corrections_is_that_of_R(string name)
    {
        var given = OracleCase.Of("ranks", name);

        var test = MannWhitneyTest.Of(given.FirstCounts, given.SecondCounts);

        Check(given.Expected, test?.Statistic, test?.PValue);
    }

    [Theory]
    [MemberData(nameof(Adjustments))]
    public void Adjusted_p_values_are_those_of_R(string name)
    {
        var given = OracleCase.Of("adjust", name);
        var correction = name.Split(' ')[^1] switch
        {
            "none" => TestCorrection.None,
            "bonferroni" => TestCorrection.Bonferroni,
            "sidak" => TestCorrection.Sidak,
            "holm" => TestCorrection.Holm,
            _ => TestCorrection.BenjaminiHochberg,
        };

        Check(given.Second.Cast<double?>().ToArray(), [.. AdjustedPValues.Of(given.First, correction).Cast<double?>()]);
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Effects_of_levels_are_those_of_R(string name)
    {
        var given = OracleCase.Of("effect", name);
        var (first, second) = (given.FirstCounts, given.SecondCounts);

        Check(
            given.Expected, PopulationStability.Of(first, second), CramersV.Of(first, second), CliffsDelta.Of(first, second));
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void The_standardised_difference_is_that_of_R(string name)
    {
        var given = OracleCase.Of("difference", name);

        Check(given.Expected, StandardisedDifference.Of(NumberMoments.Of(given.First), NumberMoments.Of(given.Second)));
    }

    private static SignificanceTest? Shares(OracleCase given) => TwoProportionTest.Of(
        given.FirstCounts[0], given.FirstCounts[1], given.SecondCounts[0], given.SecondCounts[1]);

    private static ValueDistribution Sorted(double[] values)
    {
        Array.Sort(values);
        return ValueDistribution.OfSorted(values);
    }

    // R takes p of a gap from 1, to an error of 1e-6 where it is a limit: of it only that can be checked.
    private static void CheckGap(OracleCase given, SignificanceTest? test)
    {
        Check([given.Expected[0]], test?.Statistic);
        Assert.Equal(given.Expected[1] is null, test is null);
        Assert.Equal(given.Expected[1] ?? 0, test?.PValue ?? 0, 1e-6);
    }

    // The last digits of two libraries' gamma functions; relative, so that tails keep them.
    private static void Check(double?[] expected, params double?[] actual) => CheckTo(1e-9, expected, actual);

    private static void CheckTo(double tolerance, double?[] expected, params double?[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (want, have) in expected.Zip(actual))
        {
            Assert.Equal(want is null, have is null);
            Assert.True(
                want is null || Math.Abs(want.Value - have!.Value) <= (tolerance * Math.Abs(want.Value)) + (want == 0 ? 1e-15 : 0),
                $"R says {want:R}, the program {have:R}.");
        }
    }
}
