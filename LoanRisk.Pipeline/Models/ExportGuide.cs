using System.Globalization;
using System.Text;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Models;

/// <summary>The README.md beside an exported model: how the other files are used.</summary>
internal static class ExportGuide
{
    public static string Of(LoanProduct product, ModelPackage package, ScorecardTable? card)
    {
        var nodes = card is null ? ModelExport.TableFile : ModelExport.NodeFile;
        var text = new StringBuilder()
            .Append($"# {product.Name}: model {package.Id[..12]}\n\n")
            .Append(
                "- `model.txt`: the trees in LightGBM's text format, byte for byte as they serve; "
                + "`lightgbm.Booster(model_file=...)` reads it. Its raw score is the sum of the trees.\n")
            .Append("- `calibration.json`: how the raw score becomes the probability that is answered; see below.\n")
            .Append(card is null ? "" : $"- `{ModelExport.TableFile}`: the points of each attribute.\n")
            .Append($"- `{nodes}`: every node and leaf of every tree.\n\n");
        if (card is not null)
        {
            AddPoints(text, card);
        }

        AddNodes(text, nodes);
        return text
            .Append("## From the raw score to the probability\n\n")
            .Append(Formula(package.Calibration))
            .Append(
                CultureInfo.InvariantCulture,
                $"\nThe result is kept from {ProbabilityCalibration.SmallestProbability:R} to 1 minus that.\n")
            .ToString();
    }

    private static void AddPoints(StringBuilder text, ScorecardTable card) => text
        .Append("## Scoring by points\n\n")
        .Append(
            "The score is the base points plus the points of the one attribute of each feature that holds; the higher, the safer. "
            + "`points` are rounded for print, `exact_points` are not.\n")
        .Append(
            CultureInfo.InvariantCulture,
            $"{card.Scale.BaseScore:R} points mean {card.Scale.BaseOdds:R} good to one bad, "
            + $"{card.Scale.PointsToDouble:R} points more double that. ")
        .Append(
            CultureInfo.InvariantCulture,
            $"From exact points to the raw score: `raw = ({card.Scale.Offset:R} - score) / {card.Scale.Factor:R}`.\n\n");

    private static void AddNodes(StringBuilder text, string file) => text
        .Append("## Scoring by nodes and leaves\n\n")
        .Append(
            $"A row of values, one a feature. In `{file}`, for each tree start at node 0 (a tree of one leaf has none) and follow lines "
            + "until a leaf:\n\n")
        .Append("- `test` is `<=`: go `left` when the value is not above `threshold`, else `right`.\n")
        .Append(
            "- `test` is `in`: go `left` when the category's code is one of `left_codes`, else `right`; "
            + "also for a code the model never saw.\n")
        .Append("- A number no further from 0 than 1.0000000180025095e-35 counts as 0.\n")
        .Append("- A missing value goes to the side that `missing` names. Where `zero_is_missing` is `yes`, 0 counts as missing.\n")
        .Append("- The line of a leaf has a `value`. The sum of one leaf a tree is the raw score.\n\n")
        .Append(
            "A feature with levels holds the place of the level in the product file, from 0; "
            + "`left_levels` says in the data's spelling which of them go left.\n\n");

    private static string Formula(ProbabilityCalibration calibration) => calibration switch
    {
        PlattCalibration => "`probability = 1 / (1 + exp(-(slope * raw + intercept)))`, with slope and intercept of `calibration.json`.\n",
        BetaCalibration =>
            "With `s = 1 / (1 + exp(-raw))` and a, b, c of `calibration.json`: `probability = 1 / (1 + exp(-(a * ln(s) - b * ln(1 - "
            + "s) + c)))`.\n",
        _ => "`calibration.json` holds points (score, probability): straight lines between two neighbours, "
            + "flat before the first and after the last.\n",
    };
}
