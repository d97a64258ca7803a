using BenchmarkDotNet.Running;
using LoanRisk.Benchmarks;
using LoanRisk.Benchmarks.Engine;

if (args is ["engine", ..])
{
    EngineComparison.Run(Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(MadeUpLoans).Assembly).Run(args, InThisProcess.Config);
}
