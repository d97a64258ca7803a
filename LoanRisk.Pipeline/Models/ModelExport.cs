using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// Writes a model for use elsewhere: LightGBM's text for programs that read it, and a scoring table for those that do not. Of trees that is
/// every node and leaf, with which a spreadsheet or a few lines of SQL score exactly as the site does; of a scorecard it is the points of
/// each attribute, and the nodes stand beside it.
/// </summary>
public static class ModelExport
{
    /// <summary>The scoring table: nodes and leaves of trees, points of a scorecard.</summary>
    public const string TableFile = "scoring-table.csv";

    /// <summary>The nodes and leaves that stand behind a scorecard.</summary>
    public const string NodeFile = "nodes.csv";

    /// <summary>How to use the other files.</summary>
    public const string GuideFile = "README.md";

    /// <summary>The files that tell an earlier export.</summary>
    public static IReadOnlyList<string> Marks { get; } = [TableFile, PackageFiles.Model, PackageFiles.MLNet];

    /// <summary>Writes the LightGBM text, its calibration, the scoring table and a guide; a file that is there is replaced.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="product">The product.</param>
    /// <param name="package">The model.</param>
    /// <param name="cells">How the cells of the tables are written.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, LoanProduct product, ModelPackage package, Cells cells) =>
    [
        .. Write(folder, product, package, ExportFormat.LightGbm, cells),
        .. Write(folder, product, package, ExportFormat.Table, cells),
        WriteText(folder, GuideFile, ExportGuide.Of(product, package, ModelMetrics.Of(package.Files).Scorecard)),
    ];

    /// <summary>Writes the files of one format; a file that is there is replaced.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="product">The product.</param>
    /// <param name="package">The model.</param>
    /// <param name="format">The format.</param>
    /// <param name="cells">How the cells of tables are written.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="InvalidInputException">The model cannot be told in the format; the message says why.</exception>
    public static IReadOnlyList<string> Write(
        string folder, LoanProduct product, ModelPackage package, ExportFormat format, Cells cells)
    {
        Directory.CreateDirectory(folder);
        return format switch
        {
            ExportFormat.LightGbm =>
            [
                WriteText(folder, PackageFiles.Model, package.Text(PackageFiles.Model)),
                WriteText(folder, PackageFiles.Calibration, package.Text(PackageFiles.Calibration)),
            ],
            ExportFormat.MLNet => [WriteZip(folder, product, package)],
            _ => [.. Tables(product, package, cells).Select(table => WriteText(folder, table.Name, table.Text))],
        };
    }

    private static (string Name, string Text)[] Tables(LoanProduct product, ModelPackage package, Cells cells) =>
        ModelMetrics.Of(package.Files).Scorecard is { } card
            ? [(TableFile, PointsTable.Of(card, cells)), (NodeFile, NodeTable.Of(product, package.Trees, cells))]
            : [(TableFile, NodeTable.Of(product, package.Trees, cells))];

    // A package from before there was such a file gets it now.
    private static string WriteZip(string folder, LoanProduct product, ModelPackage package)
    {
        var zip = package.MLNet;
        if (zip is null)
        {
            var made = EmbeddedZip.Of(product, package.Trees, package.Calibration);
            zip = made.Zip ?? throw new InvalidInputException(made.Note!);
        }

        var path = Path.Combine(folder, PackageFiles.MLNet);
        using var file = new OutputFile(path);
        file.Write(zip.Value.Span);
        file.Finish();
        return path;
    }

    private static string WriteText(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        using var file = new OutputFile(path);
        file.Writer.Write(text);
        file.Finish();
        return path;
    }
}
