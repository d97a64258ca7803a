using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Store.Models;

/// <summary>A policy as it was put into force, kept whole: decisions name it by its hash.</summary>
/// <param name="Product">Product id.</param>
/// <param name="Hash">SHA-256 of the content, hexadecimal.</param>
/// <param name="Version">The policy's version.</param>
/// <param name="Content">JSON, as <see cref="PolicyFile"/> writes it.</param>
/// <param name="RecordedAt">When it was first put into force.</param>
public sealed record RecordedPolicy(string Product, string Hash, string Version, string Content, DateTimeOffset RecordedAt)
{
    /// <summary>A policy as a product file has it, not recorded yet.</summary>
    public static RecordedPolicy Of(LoanProduct product, DateTimeOffset at) =>
        new(product.Id, PolicyFile.HashOf(product.Policy), product.Policy.Version, PolicyFile.Write(product.Policy), at);

    /// <summary>True when a product file's policy may take this one's place: it is another one, of a higher version.</summary>
    public bool YieldsTo(LoanProduct product) => PolicyVersion.IsRaised(Version, product.Policy.Version);
}
