using System.CommandLine;
using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>The options of training over several machines.</summary>
internal sealed class MachineOptions
{
    private const double LongestWait = 86_400;

    private readonly Option<string?> _machines = new("--machines")
    {
        Description = "Train over several machines, each on a file of its own, with LightGBM's native library: where each listens, the "
            + "same list on all.",
        HelpName = "HOST:PORT,...",
    };

    private readonly Option<int?> _rank = new("--rank")
    {
        Description = "Place of this machine in --machines, from 0; the first keeps the model.",
        HelpName = "N",
    };

    private readonly Option<double?> _wait = new("--wait")
    {
        Description = "Seconds that machines wait for one that does not come, or is silent. Default: 600.",
        HelpName = "SECONDS",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Add(_machines);
        verb.Add(_rank);
        verb.Add(_wait);
    }

    /// <summary>What was asked for; null to train on this machine alone.</summary>
    /// <exception cref="InvalidOptionException">It is not whole, or cannot be.</exception>
    public MachineCall? Read(ParseResult parsed)
    {
        var (machines, rank, wait) = (parsed.GetValue(_machines), parsed.GetValue(_rank), parsed.GetValue(_wait));
        if (machines is null)
        {
            return rank is null && wait is null
                ? null
                : throw new InvalidOptionException($"{(rank is null ? "--wait" : "--rank")} is for training over several --machines.");
        }

        if (wait is not (null or (> 0 and <= LongestWait)))
        {
            throw new InvalidOptionException(string.Create(
                CultureInfo.InvariantCulture, $"--wait takes seconds, more than 0 and at most {LongestWait}; it was {wait}."));
        }

        return rank is { } place
            ? new MachineCall(MachineList.Read(machines, place), TimeSpan.FromSeconds(wait ?? 600))
            : throw new InvalidOptionException("--machines needs --rank, the place of this machine in the list, from 0.");
    }
}

/// <summary>Training over several machines as it was asked for.</summary>
/// <param name="List">The machines.</param>
/// <param name="Wait">How long they wait for each other.</param>
internal sealed record MachineCall(MachineList List, TimeSpan Wait)
{
    /// <summary>Refuses what cannot be done over machines, before they are waited for.</summary>
    /// <exception cref="InvalidOptionException">It cannot.</exception>
    public static void Check(LoanProduct product, TrainingOptions options)
    {
        if (options.Kind == ModelKind.Scorecard || options.Trainer != TreeTrainer.Managed)
        {
            throw new InvalidOptionException("--machines grows trees with LightGBM; --kind and --trainer are for one machine.");
        }

        TreeRecipes.Over(OneMachine.Instance, DefaultParameters.For(product, options.Parameters, options.Seed), options.Imbalance);
    }

    /// <summary>Does work with the others; when it fails here, they are told.</summary>
    public T With<T>(
        ConsoleSession session,
        LoanProduct product,
        TrainingOptions options,
        Func<ITrainingMachines, T> work,
        CancellationToken cancellationToken)
    {
        if (List.Addresses.Count == 1)
        {
            return work(OneMachine.Instance);
        }

        session.Error.WriteLine($"Waiting for {List.Addresses.Count - 1} more machines, at most {Wait.TotalSeconds:0.#} seconds.");
        using var machines = Rendezvous.Meet(List, Settings(product, options), Wait, cancellationToken);
        using var stopped = cancellationToken.Register(() => machines.GiveUp("It was stopped."));
        try
        {
            return work(machines);
        }
        catch (MachinesException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            machines.GiveUp(e.Message);
            throw;
        }
    }

    private Dictionary<string, string> Settings(LoanProduct product, TrainingOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["The version of the program"] = CodeVersion.Current,
            ["--machines"] = List.ToString(),
            ["The product"] = product.Id,
            ["The SHA-256 of its product file"] = product.FileHash,
            ["--seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["--imbalance"] = options.Imbalance.ToString().ToLowerInvariant(),
            ["--monotone"] = options.Monotone.ToString().ToLowerInvariant(),
            ["--monotone-tolerance"] = options.MonotoneTolerance.ToString("R", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in DefaultParameters.For(product, options.Parameters, options.Seed).ToPairs())
        {
            settings[$"Parameter {name}"] = value;
        }

        return settings;
    }
}
