using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Models;

/// <summary>What an import was given.</summary>
/// <param name="Product">The product the model is to serve.</param>
/// <param name="Trees">The model.</param>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Data">Labelled rows; null when there are none.</param>
/// <param name="Now">The time of import.</param>
internal sealed record ImportedModel(LoanProduct Product, TreeModel Trees, string File, DataSet? Data, DateTimeOffset Now)
{
    /// <summary>The ML.NET zip it was read from; null for a text.</summary>
    public ImportedZip? Zip { get; init; }
}
