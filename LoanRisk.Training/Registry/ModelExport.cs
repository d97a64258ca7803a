using System.Text;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Registry;

/// <summary>
/// Writes a model for use elsewhere: LightGBM's text for programs that read it, and a table of every node and leaf for those that do not, with which a
/// spreadsheet or a few lines of SQL score exactly as the site does.
/// </summary>
public static class ModelExport
{
    /// <summary>The table of nodes and leaves.</summary>
    public const string TableFile = "scoring-table.csv";

    /// <summary>How to use the other files.</summary>
    public const string GuideFile = "README.md";

    /// <summary>Writes the files; one that is there is replaced.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="product">The product.</param>
    /// <param name="package">The model.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, LoanProduct product, ModelPackage package)
    {
        Directory.CreateDirectory(folder);
        return
        [
            WriteText(folder, PackageFiles.Model, package.Text(PackageFiles.Model)),
            WriteText(folder, PackageFiles.Calibration, package.Text(PackageFiles.Calibration)),
            WriteText(folder, TableFile, NodeTable.Of(product, package.Trees)),
            WriteText(folder, GuideFile, Guide(product, package)),
        ];
    }

    private static string WriteText(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        using var file = new OutputFile(path);
        file.Writer.Write(text);
        file.Finish();
        return path;
    }

    private static string Guide(LoanProduct product, ModelPackage package) => new StringBuilder()
        .Append($"# {product.Name}: model {package.Id[..12]}\n\n")
        .Append("- `model.txt`: the trees in LightGBM's text format, byte for byte as they serve; `lightgbm.Booster(model_file=...)` reads it. Its raw score is the sum of the trees.\n")
        .Append("- `calibration.json`: how the raw score becomes the probability that is answered; see below.\n")
        .Append($"- `{TableFile}`: every node and leaf of every tree.\n\n")
        .Append("## Scoring by the table\n\n")
        .Append("A row of values, one a feature. For each tree start at node 0 (a tree of one leaf has none) and follow lines until a leaf:\n\n")
        .Append("- `test` is `<=`: go `left` when the value is not above `threshold`, else `right`.\n")
        .Append("- `test` is `in`: go `left` when the category's code is one of `left_codes`, else `right`; also for a code the model never saw.\n")
        .Append("- A number no further from 0 than 1.0000000180025095e-35 counts as 0.\n")
        .Append("- A missing value goes to the side that `missing` names. Where `zero_is_missing` is `yes`, 0 counts as missing.\n")
        .Append("- The line of a leaf has a `value`. The sum of one leaf a tree is the raw score.\n\n")
        .Append("A feature with levels holds the place of the level in the product file, from 0; `left_levels` says in the data's spelling which of them go left.\n\n")
        .Append("## From the raw score to the probability\n\n")
        .Append(Formula(package.Calibration))
        .Append($"\nThe result is kept from {ProbabilityCalibration.SmallestProbability:R} to 1 minus that.\n")
        .Replace("\r\n", "\n")
        .ToString();

    private static string Formula(ProbabilityCalibration calibration) => calibration switch
    {
        PlattCalibration => "`probability = 1 / (1 + exp(-(slope * raw + intercept)))`, with slope and intercept of `calibration.json`.\n",
        BetaCalibration => "With `s = 1 / (1 + exp(-raw))` and a, b, c of `calibration.json`: `probability = 1 / (1 + exp(-(a * ln(s) - b * ln(1 - s) + c)))`.\n",
        _ => "`calibration.json` holds points (score, probability): straight lines between two neighbours, flat before the first and after the last.\n",
    };
}
