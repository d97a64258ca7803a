using System.Globalization;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>
/// Prints one line a work: our figure, and beside it LightGBM's and the ratio where this machine can run its library.
/// <code>
///  dotnet run -c Release --project LoanRisk.Benchmarks -- engine [part ...]
/// </code>
/// Without parts all of them run. LOANRISK_KERNEL=portable measures the kernels that every processor has; LOANRISK_TABLES
/// names a folder with the tables to train on, which are made up otherwise.
/// </summary>
internal static class EngineComparison
{
    private static readonly (string Name, Func<IEnumerable<Figure>> Figures)[] Parts =
    [
        ("scoring", static () => ScoringWorks.All().Select(Stopwatches.Measure)),
        ("shap", static () => ContributionWorks.All().Select(Stopwatches.Measure)),
        ("loading", LoadingWorks.All),
        ("allocation", Allocations.All),
        ("training", TrainingWorks.All),
    ];

    /// <summary>Runs the named parts, or all of them; answers 1 when there is no such part.</summary>
    public static int Run(TextWriter output, IReadOnlyCollection<string> names)
    {
        var unknown = names.FirstOrDefault(static name => Parts.All(part => part.Name != name));
        if (unknown is not null)
        {
            output.WriteLine($"There is no part \"{unknown}\"; parts are {string.Join(", ", Parts.Select(static part => part.Name))}.");
            return 1;
        }

        foreach (var line in Machine.Lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine("Medians of runs taken in turn, on one thread unless said otherwise; ratio above 1: we are better.");
        output.WriteLine();
        output.WriteLine($"{"work",-68}{"ours",12}{"LightGBM",12}  {"unit",-8}{"ratio",6}");
        foreach (var figure in Parts.Where(part => names.Count == 0 || names.Contains(part.Name)).SelectMany(static part => part.Figures()))
        {
            output.WriteLine($"{figure.Work,-68}{Text(figure.Ours),12}{Text(figure.Native),12}  "
                + $"{figure.Unit,-8}{figure.Native / figure.Ours,6:F2}".TrimEnd());
            output.Flush();
        }

        return 0;
    }

    private static string Text(double? figure) => figure switch
    {
        null => "",
        0 => "0",
        < 1 => figure.Value.ToString("F5", CultureInfo.InvariantCulture),
        < 100 => figure.Value.ToString("N1", CultureInfo.InvariantCulture),
        _ => figure.Value.ToString("N0", CultureInfo.InvariantCulture),
    };
}
