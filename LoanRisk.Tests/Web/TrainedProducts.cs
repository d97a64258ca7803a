using LoanRisk.Lending.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Pages;

namespace LoanRisk.Tests.Web;

/// <summary>
/// Folders with the shipped product and a small champion trained here, so that no test hangs on the committed champion's numbers.
/// </summary>
internal static class TrainedProducts
{
    private static readonly Lazy<ModelPackage> Trained = new(() => TrialChampion.For(PeerLoan.Product));

    public static ModelPackage Champion => Trained.Value;

    /// <summary>Writes the product and its champion into a folder.</summary>
    public static string WriteTo(string folder)
    {
        WriteProduct(folder);
        ProductFolder.Write(ProductFolder.ChampionFolder(folder, PeerLoan.Product), Champion);
        return folder;
    }

    /// <summary>Writes the product without a champion.</summary>
    public static string WriteProduct(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "peerloan"));
        File.Copy(PeerLoan.FilePath, Path.Combine(folder, "peerloan", "product.json"));
        return folder;
    }
}
