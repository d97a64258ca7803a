using System.Collections.Concurrent;
using Dapper;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;

namespace LoanRisk.TrialClient;

/// <summary>
/// Compares what was answered with what a database server has: each decision is there as it was answered, is what its model says, and no
/// application was decided twice or after it was refused; each promotion took the place of the champion that there was.
/// </summary>
internal sealed class Verification
{
    private const int Readers = 4;

    private const int MostTold = 20;

    private readonly PostgresServer _server;

    private readonly DataFolder _folder;

    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);

    private readonly TextWriter _output;

    private int _told;

    private Verification(PostgresServer server, TextWriter output)
    {
        (_server, _output) = (server, output);
        _folder = new DataFolder(Path.GetTempPath(), "") { Server = server };
    }

    /// <summary>True when everything is as it was answered; what is not, is written.</summary>
    /// <param name="files">Files of <see cref="Load"/>, and of <see cref="Swaps"/> those that end in <see cref="Swaps.Extension"/>.</param>
    /// <param name="output">Gets the faults and a line of figures.</param>
    public static async Task<bool> RunAsync(IReadOnlyList<string> files, TextWriter output)
    {
        using var server = PostgresServer.FromEnvironment() ?? throw new InvalidOperationException($"Set {PostgresServer.Variable}.");
        var verification = new Verification(server, output);
        var swaps = files.Where(file => file.EndsWith(Swaps.Extension, StringComparison.Ordinal)).ToList();
        List<Answer> answers = [.. files.Except(swaps).SelectMany(File.ReadLines).Select(Answer.Parse)];
        var decided = answers.Where(answer => answer.Kind == AnswerKind.Acknowledged).ToList();
        var rows = verification.Rows();
        verification.CompareRows(decided, rows);
        var (models, recomputed) = verification.Recompute(decided);
        var others = await verification.CompareOthersAsync(answers, rows);
        var promotions = verification.FollowPromotions();
        var held = verification.ComparePromotions(swaps.SelectMany(File.ReadLines));
        verification.CountChampions();
        output.WriteLine(
            $"acknowledged={decided.Count} rows={rows.Count} not_acknowledged={others} recomputed={recomputed} models={models} "
                + $"promotions={promotions} promotions_acknowledged={held} faults={verification._faults.Values.Sum()}");
        return verification._faults.Count == 0;
    }

    private Dictionary<string, double> Rows() => _server.Run(connection => connection
        .Query<(string Id, double Probability)>("SELECT id, probability FROM decisions")
        .ToDictionary(row => row.Id, row => row.Probability, StringComparer.Ordinal));

    private void CompareRows(List<Answer> decided, Dictionary<string, double> rows)
    {
        foreach (var twice in decided.GroupBy(answer => answer.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Tell("answered twice", twice.Key);
        }

        foreach (var answer in decided)
        {
            if (!rows.TryGetValue(answer.Id, out var kept))
            {
                Tell("lost", answer.ToString());
            }
            else if (!kept.Equals(answer.Probability))
            {
                Tell("kept otherwise", $"{answer} as {kept:R}");
            }
        }
    }

    private (int Models, int Decisions) Recompute(List<Answer> decided)
    {
        var registry = ModelRegistry.Open(_folder);
        var products = ProductFolder.ReadAll(ProductFolder.Default).ToDictionary(product => product.Id, StringComparer.Ordinal);
        var byModel = decided.GroupBy(answer => answer.Model, StringComparer.Ordinal).ToList();
        foreach (var group in byModel)
        {
            var model = registry.Find(group.Key)!;
            var product = products[model.Product];
            var engine = new DecisionEngine(product, registry.Read(model.Id, product));
            Parallel.ForEach(group, answer =>
            {
                var check = LoanApplication.Check(product, TrialApplication.Fields(answer.Number), InputStyle.Json);
                var probability = engine.DecideAlone(check.Application!).Probability;
                if (!probability.Equals(answer.Probability))
                {
                    Tell("not what its model says", $"{answer}, which is {probability:R}");
                }
            });
        }

        return (byModel.Count, decided.Count);
    }

    // What nobody was answered may be there, once: the caller or its node was gone before the answer.
    private async Task<int> CompareOthersAsync(List<Answer> answers, Dictionary<string, double> rows)
    {
        var byMarker = answers.ToLookup(answer => TrialApplication.Income(answer.Number), StringComparer.Ordinal);
        var known = answers.Where(answer => answer.Id.Length > 0).Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var store = DecisionStore.Open(_folder);
        var others = rows.Keys.Where(id => !known.Contains(id)).ToList();
        await Parallel.ForEachAsync(others, new ParallelOptions { MaxDegreeOfParallelism = Readers }, async (id, stop) =>
        {
            var stored = await store.FindAsync(id, stop);
            var marker = stored!.Input.Single(field => field.Key == TrialApplication.Marker).Value!;
            if (!seen.TryAdd(marker, id) || byMarker[marker].Any(answer => answer.Kind == AnswerKind.Acknowledged))
            {
                Tell("decided twice", $"{id} of {marker}");
            }

            if (byMarker[marker].Any(answer => answer.Kind == AnswerKind.Refused))
            {
                Tell("refused and kept", $"{id} of {marker}");
            }
        });
        return others.Count;
    }

    private int FollowPromotions()
    {
        var champions = new Dictionary<string, string?>(StringComparer.Ordinal);
        var serves = ModelRegistry.Open(_folder).History(limit: int.MaxValue)
            .Where(e => e.Kind is ModelEventKind.Promoted or ModelEventKind.RolledBack)
            .OrderBy(e => e.Number)
            .ToList();
        foreach (var promotion in serves)
        {
            var before = champions.GetValueOrDefault(promotion.Product);
            if (promotion.PreviousId != before || promotion.ModelId == before)
            {
                Tell("promoted twice", $"event {promotion.Number}: {promotion.ModelId} after {promotion.PreviousId}, and {before} served");
            }

            champions[promotion.Product] = promotion.ModelId;
        }

        return serves.Count;
    }

    // Each that was said to hold is in the history once; one that was refused never, one that nobody knows of at most once.
    private int ComparePromotions(IEnumerable<string> lines)
    {
        var kept = ModelRegistry.Open(_folder).History(limit: int.MaxValue)
            .Where(e => e.Kind == ModelEventKind.Promoted)
            .CountBy(e => e.Reason, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var held = 0;
        foreach (var words in lines.Select(line => line.Split(' ', 2)).Where(words => words.Length == 2))
        {
            var (end, times) = (Enum.Parse<SwapEnd>(words[0]), kept.GetValueOrDefault(words[1]));
            held += end == SwapEnd.Held ? 1 : 0;
            if (end == SwapEnd.Held ? times != 1 : end == SwapEnd.Refused ? times != 0 : times > 1)
            {
                Tell("promoted otherwise than answered", $"{words[1]}, {words[0].ToLowerInvariant()}, is {times} times in the history");
            }
        }

        return held;
    }

    // The state of the models says the same as their history: one champion a product, and the one that was promoted last.
    private void CountChampions()
    {
        var registry = ModelRegistry.Open(_folder);
        foreach (var product in registry.List().GroupBy(model => model.Product, StringComparer.Ordinal))
        {
            var champions = product.Where(model => model.State == ModelState.Champion).Select(model => model.Id).ToList();
            var last = registry.History(product.Key)
                .FirstOrDefault(e => e.Kind is ModelEventKind.Promoted or ModelEventKind.RolledBack)?.ModelId;
            if (champions.Count > 1 || champions.FirstOrDefault() != last)
            {
                Tell("not one champion", $"{product.Key} has {string.Join(" and ", champions)}; promoted last was {last}");
            }
        }
    }

    private void Tell(string fault, string what)
    {
        lock (_faults)
        {
            _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
            if (_told++ < MostTold)
            {
                _output.WriteLine($"{fault}: {what}");
            }
        }
    }
}
