using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Store.Models;

/// <summary>
/// The product with the policy that decides. A product file is a text that anybody may edit, so its policy decides only when it was
/// recorded, or is of a higher version than the one that was: nobody turns declines into approvals without a trace.
/// </summary>
/// <param name="Product">The product with the policy that decides.</param>
/// <param name="Filed">The policy of the product file, where another one decides; null where it decides itself.</param>
/// <param name="Objection">What a person is told about that; null where all is well.</param>
/// <param name="IsUsable">
/// False when the recorded policy cannot be applied to the product as it is now: nothing can be decided then.
/// </param>
public sealed record PolicyInForce(LoanProduct Product, Policy? Filed = null, string? Objection = null, bool IsUsable = true)
{
    private const int ShownHash = 12;

    /// <summary>Weighs the product file's policy against the recorded one.</summary>
    /// <param name="product">The product as its file has it.</param>
    /// <param name="recorded">What the registry keeps; null before the first champion, when the file's policy decides.</param>
    public static PolicyInForce Of(LoanProduct product, RecordedPolicy? recorded)
    {
        if (recorded is null || recorded.YieldsTo(product) || recorded.Hash == PolicyFile.HashOf(product.Policy))
        {
            return new PolicyInForce(product);
        }

        var filed = product.Policy;
        try
        {
            return new PolicyInForce(
                product with { Policy = PolicyFile.Read(recorded.Content, product) },
                filed,
                $"{Difference(filed, recorded)} The recorded policy decides. {Remedy(recorded)}");
        }
        catch (ProductFileException e)
        {
            return new PolicyInForce(
                product,
                filed,
                $"{Difference(filed, recorded)} The recorded policy cannot be applied to the product any more, so nothing is decided: "
                    + $"{e.Problem} {Remedy(recorded)}",
                IsUsable: false);
        }
    }

    /// <summary>A hash as a person reads it.</summary>
    public static string Shown(string hash) => hash[..ShownHash];

    private static string Difference(Policy filed, RecordedPolicy recorded) =>
        $"The policy in product.json (version {filed.Version}, {Shown(PolicyFile.HashOf(filed))}) is not the recorded one (version "
            + $"{recorded.Version}, {Shown(recorded.Hash)}), and its version is not higher.";

    private static string Remedy(RecordedPolicy recorded) =>
        $"To put the file's policy into force, raise policy.version above {recorded.Version}; "
            + "to keep the recorded one, restore it in the file.";
}
