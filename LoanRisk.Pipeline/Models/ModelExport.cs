using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
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

    /// <summary>Writes the files; one that is there is replaced.</summary>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="product">The product.</param>
    /// <param name="package">The model.</param>
    /// <param name="cells">How the cells of the tables are written.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, LoanProduct product, ModelPackage package, Cells cells)
    {
        Directory.CreateDirectory(folder);
        var card = ModelMetrics.Of(package.Files).Scorecard;
        (string Name, string Text)[] tables = card is null
            ? [(TableFile, NodeTable.Of(product, package.Trees, cells))]
            : [(TableFile, PointsTable.Of(card, cells)), (NodeFile, NodeTable.Of(product, package.Trees, cells))];
        return
        [
            WriteText(folder, PackageFiles.Model, package.Text(PackageFiles.Model)),
            WriteText(folder, PackageFiles.Calibration, package.Text(PackageFiles.Calibration)),
            .. tables.Select(table => WriteText(folder, table.Name, table.Text)),
            WriteText(folder, GuideFile, ExportGuide.Of(product, package, card)),
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
}
