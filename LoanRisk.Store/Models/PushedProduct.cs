using System.Globalization;

namespace LoanRisk.Store.Models;

/// <summary>A product file that was put into the database, or the word that it was taken away again.</summary>
/// <param name="Number">Order of the lines; rises with each.</param>
/// <param name="Product">Product id.</param>
/// <param name="Text">The file; null where it was taken away.</param>
/// <param name="Entry">Who did it, when and why.</param>
public sealed record PushedProduct(long Number, string Product, string? Text, AuditEntry Entry)
{
    /// <summary>Where the file is, as sentences name it.</summary>
    public string Shown => $"{Product}/product.json in the database";

    /// <summary>Who put it there and when, in a few words.</summary>
    public string Origin => string.Create(
        CultureInfo.InvariantCulture,
        $"its file is the one in the database, put there by {Entry.By} on {Entry.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}

/// <summary>A line of the table.</summary>
internal sealed class PushedProductRow
{
    public long Seq { get; set; }

    public string Product { get; set; } = "";

    public string? Content { get; set; }

    public string At { get; set; } = "";

    public string By { get; set; } = "";

    public string Reason { get; set; } = "";

    public PushedProduct ToPushed() => new(
        Seq,
        Product,
        Content,
        new AuditEntry(By, DateTimeOffset.Parse(At, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), Reason));
}
