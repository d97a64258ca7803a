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
    /// <summary>
    /// The end of the name of a file with a line a promotion: a <see cref="SwapEnd"/> and the reason by which the history has it.
    /// </summary>
    public const string Extension = ".promotions";

    /// <summary>
    /// Runs a plan and writes how many promotions held, were refused, or ended without anybody knowing; besides, how each ended as soon as
    /// it did, so that a program that is ended in the middle leaves what it was answered.
    /// </summary>
    public static string Run(SwapPlan plan, string file)
    {
        using var server = PostgresServer.FromEnvironment() ?? throw new InvalidOperationException($"Set {PostgresServer.Variable}.");
        using var lines = new StreamWriter(file + Extension) { AutoFlush = true };
        var registry = ModelRegistry.Open(new DataFolder(Path.GetTempPath(), "") { Server = server });
        var product = ProductFolder.ReadAll(ProductFolder.Default).Single(product => product.Id == plan.Product);
        var models = plan.Models.Select(id => registry.Find(id)!.Id).ToList();
        var ends = new Dictionary<SwapEnd, int>();
        var name = $"{Path.GetFileName(file)} of {Environment.ProcessId}";
        for (var i = 0; i < plan.Times; i++)
        {
            Thread.Sleep(plan.Every);
            var reason = string.Create(CultureInfo.InvariantCulture, $"swap {i} by {name}");
            var end = Swap(registry, product, models, reason);
            ends[end] = ends.GetValueOrDefault(end) + 1;
            lines.WriteLine($"{end} {reason}");
        }

        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"promoted={Of(SwapEnd.Held)} too_late={Of(SwapEnd.Refused)} not_known={Of(SwapEnd.Unknown)}");
        File.WriteAllText(file, figures);
        return figures;

        int Of(SwapEnd end) => ends.GetValueOrDefault(end);
    }

    private static SwapEnd Swap(ModelRegistry registry, Lending.Products.LoanProduct product, List<string> models, string reason)
    {
        try
        {
            var champion = registry.Champion(product.Id)!.Id;
            registry.Promote(
                models.Find(model => model != champion)!,
                product,
                new Promotion(new AuditEntry("trial", DateTimeOffset.UtcNow, reason), champion, Forced: true));
            return SwapEnd.Held;
        }
        catch (ModelStateException)
        {
            return SwapEnd.Refused;
        }
        catch (StoreException)
        {
            return SwapEnd.Unknown;
        }
    }
}

/// <summary>How a promotion ended for who asked for it.</summary>
internal enum SwapEnd
{
    /// <summary>It was said to hold.</summary>
    Held,

    /// <summary>It was said not to.</summary>
    Refused,

    /// <summary>The database was gone before it said anything.</summary>
    Unknown,
}
