using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads a <c>product.json</c>. <c>products/product.schema.json</c> describes the same for editors.</summary>
public static class ProductFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>Reads and checks the text of a product file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="fileName">Named in messages, for example <c>products/peerloan/product.json</c>.</param>
    /// <exception cref="ProductFileException">Broken; the message names file and place.</exception>
    public static LoanProduct Parse(string json, string fileName)
    {
        using var document = ParseJson(json, fileName);
        return ProductReader.Read(
            new JsonPlace(document.RootElement, "$", fileName), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }

    private static JsonDocument ParseJson(string json, string fileName)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}";
            throw new ProductFileException(fileName, place, "This is not JSON. " + WithoutPosition(exception.Message), exception);
        }
    }

    // The reader repeats the position, counted from 0, at the end of its sentence.
    private static string WithoutPosition(string message) => message.Split(" LineNumber: ")[0];
}

/// <summary>A product file that cannot be used.</summary>
public sealed class ProductFileException : Exception
{
    /// <param name="fileName">The file.</param>
    /// <param name="place">The place in it, for example <c>$.features[2].levels</c>.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    /// <param name="cause">What the reader said, when it was not JSON.</param>
    public ProductFileException(string fileName, string place, string problem, Exception? cause = null)
        : base($"{fileName}, {place}: {problem}", cause)
    {
        FileName = fileName;
        Place = place;
        Problem = problem;
    }

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The place in the file: a JSON path, or line and position when it is not JSON.</summary>
    public string Place { get; }

    /// <summary>What is wrong and what is allowed.</summary>
    public string Problem { get; }
}
