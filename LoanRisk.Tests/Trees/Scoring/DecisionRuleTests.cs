using System.Globalization;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>LightGBM's rules for one split, value by value.</summary>
public sealed class DecisionRuleTests
{
    private const string Values = "   nan     0    -0  1e-40 -1e-40 1.0e-35 1.1e-35    -1     1   inf  -inf";

    // Missing type, default side, threshold; then for each of the values above the side it takes.
    [Theory]
    [InlineData(MissingType.None, 'L', "0.5 ", "     L     L     L      L      L       L       L     L     R     R     L")]
    [InlineData(MissingType.None, 'R', "0.5 ", "     L     L     L      L      L       L       L     L     R     R     L")]
    [InlineData(MissingType.None, 'L', "-0.5", "     R     R     R      R      R       R       R     L     R     R     L")]
    [InlineData(MissingType.None, 'L', "0   ", "     L     L     L      L      L       L       R     L     R     R     L")]
    [InlineData(MissingType.None, 'L', "inf ", "     L     L     L      L      L       L       L     L     L     L     L")]
    [InlineData(MissingType.None, 'L', "-inf", "     R     R     R      R      R       R       R     R     R     R     L")]
    [InlineData(MissingType.Zero, 'L', "-0.5", "     L     L     L      L      L       L       R     L     R     R     L")]
    [InlineData(MissingType.Zero, 'R', "0.5 ", "     R     R     R      R      R       R       L     L     R     R     L")]
    [InlineData(MissingType.NaN,  'L', "-0.5", "     L     R     R      R      R       R       R     L     R     R     L")]
    [InlineData(MissingType.NaN,  'R', "0.5 ", "     R     L     L      L      L       L       L     L     R     R     L")]
    [InlineData(MissingType.NaN,  'R', "inf ", "     R     L     L      L      L       L       L     L     L     L     L")]
    [InlineData(MissingType.NaN,  'L', "-inf", "     L     R     R      R      R       R       R     R     R     R     L")]
    public void A_number_takes_its_side(MissingType missing, char defaultSide, string threshold, string sides)
    {
        var model = Stump(DecisionType.Of(categorical: false, defaultSide == 'L', missing), Number(threshold.Trim()), []);
        var values = Values.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var taken = values.Select(value => Side(model, Number(value))).ToArray();
        Assert.Equal(sides.Split(' ', StringSplitOptions.RemoveEmptyEntries), taken);
    }

    // The set holds 0, 2, 31, 32 and 63; two words, so 64 is the first beyond them.
    [Theory]
    [InlineData("nan", "R")]
    [InlineData("0", "L")]
    [InlineData("-0", "L")]
    [InlineData("1e-40", "L")]
    [InlineData("0.999", "L")]
    [InlineData("-0.5", "L")]
    [InlineData("-0.999999", "L")]
    [InlineData("-1", "R")]
    [InlineData("-2", "R")]
    [InlineData("1", "R")]
    [InlineData("1.9", "R")]
    [InlineData("2", "L")]
    [InlineData("2.7", "L")]
    [InlineData("30", "R")]
    [InlineData("31", "L")]
    [InlineData("32", "L")]
    [InlineData("32.5", "L")]
    [InlineData("33", "R")]
    [InlineData("63", "L")]
    [InlineData("63.999", "L")]
    [InlineData("64", "R")]
    [InlineData("2147483647", "R")]
    [InlineData("2147483648", "R")]
    [InlineData("4294967296", "R")]
    [InlineData("1e300", "R")]
    [InlineData("-1e300", "R")]
    [InlineData("inf", "R")]
    [InlineData("-inf", "R")]
    public void A_category_takes_its_side_whatever_the_missing_type(string value, string side)
    {
        foreach (var missing in Enum.GetValues<MissingType>())
        {
            foreach (var defaultLeft in (bool[])[true, false])
            {
                Assert.Equal(side,
                    Side(Stump(DecisionType.Of(categorical: true, defaultLeft, missing), 0, [0x80000005, 0x80000001]), Number(value)));
            }
        }
    }

    [Fact]
    public void A_random_row_takes_the_side_the_rules_in_words_give()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var decision = DecisionType.Of(categorical: false, random.Next(2) == 0, (MissingType)random.Next(3));
            var (threshold, value) = (OddValues.Next(random), OddValues.Next(random));
            if (!double.IsNaN(threshold))
            {
                Assert.Equal(InWords(decision, threshold, value), Side(Stump(decision, threshold, []), value));
            }
        }
    }

    private static string InWords(DecisionType decision, double threshold, double value)
    {
        var read = !double.IsNaN(value) && Math.Abs(value) <= 1e-35f ? 0 : value;
        var isMissing = decision.Missing switch
        {
            MissingType.Zero => double.IsNaN(read) || read == 0,
            MissingType.NaN => double.IsNaN(read),
            _ => false,
        };
        if (isMissing)
        {
            return decision.DefaultLeft ? "L" : "R";
        }

        return (double.IsNaN(read) ? 0 : read) <= threshold ? "L" : "R";
    }

    private static TreeModel Stump(DecisionType decision, double threshold, uint[] words) => new()
    {
        Objective = "regression",
        FeatureNames = ["a"],
        FeatureInfos = ["none"],
        Trees =
        [
            new Tree
            {
                SplitFeature = [0], Threshold = [threshold], DecisionType = [decision],
                LeftChild = [-1], RightChild = [-2], LeafValue = [-1, 1],
                CategoryBoundaries = words.Length == 0 ? [] : [0, words.Length], CategoryBits = [.. words],
            },
        ],
    };

    private static string Side(TreeModel model, double value)
    {
        Span<int> leaf = [9];
        model.PredictLeaves([value], leaf);
        Assert.Equal(leaf[0] == 0 ? -1 : 1, model.PredictRaw([value]));
        return leaf[0] == 0 ? "L" : "R";
    }

    private static double Number(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
