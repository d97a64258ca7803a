using System.Diagnostics;
using LoanRisk.Benchmarks.Busy;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;
using LoanRisk.Lending.Reference;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Generate;

namespace LoanRisk.Benchmarks.Recourse;

/// <summary>
/// How long the smallest changes of declined and referred applications take to find and to prove, for every champion that is shipped, over
/// made-up applications with the statistics of its training data.
/// </summary>
internal static class RecourseComparison
{
    private const int Most = 2_000;

    private const int Drawn = 200_000;

    public static int Run(TextWriter output)
    {
        foreach (var line in Machine.Lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine($"Up to {Most:N0} made-up applications of each outcome, one after the other on one thread, all goals of each.");
        output.WriteLine();
        output.WriteLine(
            $"{"product, outcome",-28}{"count",7}{"p50 ms",9}{"p99 ms",9}{"longest",9}{"reachable",11}{"none",7}{"unproven",10}");
        foreach (var product in ProductFolder.ReadAll(ProductFolder.Default))
        {
            if (ProductFolder.ReadChampion(ProductFolder.Default, product) is { } package)
            {
                Measure(output, new DecisionEngine(product, package), package);
            }
        }

        return 0;
    }

    private static void Measure(TextWriter output, DecisionEngine engine, ModelPackage package)
    {
        var applications = Draw(engine.Product, package);
        foreach (var outcome in (Outcome[])[Outcome.Decline, Outcome.Refer])
        {
            LoanApplication[] some = [.. applications.Where(a => engine.Answer(a).Outcome == outcome).Take(Most)];
            if (some.Length > 0)
            {
                Measure(output, engine, outcome, some);
            }
        }
    }

    private static void Measure(TextWriter output, DecisionEngine engine, Outcome outcome, LoanApplication[] applications)
    {
        var finder = new RecourseFinder(engine);
        foreach (var application in applications.Take(200))
        {
            finder.Find(application);
        }

        var (milliseconds, goals) = (new List<double>(), new List<RecourseGoal>());
        foreach (var application in applications)
        {
            var start = Stopwatch.GetTimestamp();
            goals.AddRange(finder.Find(application).Goals);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var latencies = Latencies.Of(milliseconds);
        output.WriteLine(
            $"{engine.Product.Id + ", " + outcome,-28}{applications.Length,7:N0}{latencies.P50,9:F2}{latencies.P99,9:F2}"
            + $"{latencies.Longest,9:F2}{goals.Count(goal => goal.Best is not null),11:N0}"
            + $"{goals.Count(goal => goal.Proof == RecourseProof.None),7:N0}"
            + $"{goals.Count(goal => goal.Proof == RecourseProof.NotProven),10:N0}");
    }

    private static LoanApplication[] Draw(LoanProduct product, ModelPackage package)
    {
        var drawer = new LoanDrawer(product, TrainingReference.FromJson(package.Text(PackageFiles.Reference)), []);
        var random = new SeededRandom(1, 1);
        var applications = new List<LoanApplication>();
        for (var row = 0; row < Drawn; row++)
        {
            var values = product.FeatureNames.Zip(drawer.Draw(ref random)).ToDictionary(v => v.First, v => FieldValue.OfText(v.Second));
            if (LoanApplication.Check(product, values, InputStyle.Text).Application is { } application)
            {
                applications.Add(application);
            }
        }

        return [.. applications];
    }
}
