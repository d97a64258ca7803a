namespace LoanRisk.Lending.Products;

/// <summary>Reads a <c>product.json</c>.</summary>
public static class ProductFile
{
    /// <summary>Reads and checks the text of a product file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="fileName">Named in messages, for example <c>products/peerloan/product.json</c>.</param>
    /// <exception cref="ProductFileException">Broken; the message names file and place.</exception>
    public static LoanProduct Parse(string json, string fileName) => throw new NotImplementedException();
}

/// <summary>A product file that cannot be used.</summary>
/// <param name="fileName">The file.</param>
/// <param name="place">The place in it, for example <c>$.features[2].levels</c>.</param>
/// <param name="problem">What is wrong and what is allowed.</param>
public sealed class ProductFileException(string fileName, string place, string problem)
    : Exception($"{fileName}, {place}: {problem}")
{
    public string Place { get; } = place;
}
