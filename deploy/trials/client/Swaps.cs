using System.Globalization;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;

namespace LoanRisk.TrialClient;

/// <summary>What is swapped.</summary>
/// <param name="Times">How often.</param>
/// <param name="Every">The time from one to the next.</param>
/// <param name="Product">The product.</param>
/// <param name="Models">The ids of two models, or their first letters.</param>
internal sealed record SwapPlan(int Times, TimeSpan Every, string Product, IReadOnlyList<string> Models);

/// <summary>Lets two models serve in turns, as a person who promotes would; others may do so at the same time.</summary>
internal static class Swaps
{
    /// <summary>Runs a plan and writes how many promotions held, were refused, or ended without anybody knowing.</summary>
    public static string Run(SwapPlan plan, string file)
    {
        using var server = PostgresServer.FromEnvironment() ?? throw new InvalidOperationException($"Set {PostgresServer.Variable}.");
        var registry = ModelRegistry.Open(new DataFolder(Path.GetTempPath(), "") { Server = server });
        var product = ProductFolder.ReadAll(ProductFolder.Default).Single(product => product.Id == plan.Product);
        var models = plan.Models.Select(id => registry.Find(id)!.Id).ToList();
        var (held, refused, unknown) = (0, 0, 0);
        for (var i = 0; i < plan.Times; i++)
        {
            Thread.Sleep(plan.Every);
            try
            {
                var champion = registry.Champion(plan.Product)!.Id;
                var entry = new AuditEntry("trial", DateTimeOffset.UtcNow, "The trial swaps.");
                registry.Promote(
                    models.Find(model => model != champion)!, product, new Promotion(entry, champion, Forced: true));
                held++;
            }
            catch (ModelStateException)
            {
                refused++;
            }
            catch (StoreException)
            {
                unknown++;
            }
        }

        var figures = string.Create(CultureInfo.InvariantCulture, $"promoted={held} too_late={refused} not_known={unknown}");
        File.WriteAllText(file, figures);
        return figures;
    }
}
