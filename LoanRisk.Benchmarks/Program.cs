using BenchmarkDotNet.Running;
using LoanRisk.Benchmarks;
using LoanRisk.Benchmarks.Busy;
using LoanRisk.Benchmarks.CsvScoring;
using LoanRisk.Benchmarks.Drift;
using LoanRisk.Benchmarks.Embedded;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Benchmarks.Recourse;
using LoanRisk.Benchmarks.Store;
using LoanRisk.Benchmarks.Trainers;
using LoanRisk.Benchmarks.Training;

switch (args)
{
    case ["engine", .. var parts]:
        return EngineComparison.Run(Console.Out, parts);
    case ["busy"]:
        return BusyComparison.Run(Console.Out);
    case ["mlnet"]:
        return EmbeddedComparison.Run(Console.Out);
    case ["store"]:
        return StoreComparison.Run(Console.Out);
    case ["score"]:
        return ScoreComparison.Run(Console.Out);
    case ["drift"]:
        return DriftTimes.Run(Console.Out);
    case ["recourse"]:
        return RecourseComparison.Run(Console.Out);
    case ["trainers", var folder]:
        return TrainerComparison.Run(Console.Out, folder);
    case [TrainingChild.Command, var trainer, var table, var threads]:
        return TrainingChild.Run(Console.Out, trainer, table, threads);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(SyntheticLoans).Assembly).Run(args, InThisProcess.Config);
        return 0;
}
