using LoanRisk.Lending;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Reports.Drift;
using LoanRisk.Reports.Format;
using LoanRisk.Reports.Pages;
using LoanRisk.Training.Init;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>The files that are compared; null for what the product has.</summary>
internal sealed record DriftFiles(string? Reference, string? Current);

/// <summary>The files that are written; null for none.</summary>
internal sealed record DriftOutputs(string? Json, string? Report);

/// <summary>One call of <c>drift</c>.</summary>
internal sealed record DriftCall(ConsoleSession Session, DriftFiles Files, DriftOutputs Outputs)
{
    private const int MostMoves = 5;

    // In log-odds; what is less does not show in a probability's first three digits.
    private const double LeastMove = 0.005;

    /// <summary>The product; null with <see cref="Any"/>.</summary>
    public string? Id { get; init; }

    /// <summary>Two files of anything.</summary>
    public bool Any { get; init; }

    /// <summary>The model; null for the champion.</summary>
    public string? Model { get; init; }

    /// <summary>The level; null for the product's.</summary>
    public double? Level { get; init; }

    /// <summary>The correction; null for the product's.</summary>
    public TestCorrection? Correction { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var product = Product(cancellationToken);
        product = product with { Drift = product.Drift with { Correction = Correction ?? product.Drift.Correction } };
        var package = Any ? null : VerbOptions.FindPackage(Session, product, Model);
        var run = new DriftRun(product, package, Level);
        var result = Compare(run, product, package, cancellationToken);
        Write(product, result);
        await SaveAsync(new DriftPageReport(product, result, Session.Time.GetUtcNow()));
        return result.Report.Alarm ? ExitCode.Found : ExitCode.Fine;
    }

    private LoanProduct Product(CancellationToken cancellationToken)
    {
        if (Any)
        {
            return (Id, Files.Reference, Files.Current) switch
            {
                (not null, _, _) => throw new InvalidOptionException(
                    "Name a product, or --any for files without one, not both."),
                (_, { } reference, not null) => ProductOf(reference, cancellationToken),
                _ => throw new InvalidOptionException("--any compares two files; name them with --reference and --current."),
            };
        }

        return VerbOptions.FindProduct(
            Session, Id ?? throw new InvalidOptionException("Name a product, or --any for two files without one."));
    }

    private LoanProduct ProductOf(string table, CancellationToken cancellationToken)
    {
        var any = Session.Progress.Run("Looking at the columns", p => AnyTable.Read(table, p, cancellationToken));
        if (any.LeftOut.Count > 0)
        {
            Session.Output.WriteLine($"Left out as ids, dates, constants or free texts: {string.Join(", ", any.LeftOut)}.");
        }

        return any.Product;
    }

    private DriftResult Compare(DriftRun run, LoanProduct product, ModelPackage? package, CancellationToken cancellationToken)
    {
        if (Files.Reference is null && package is not null)
        {
            return run.AgainstTraining(Current(product, run.TrainingSamples(), cancellationToken));
        }

        if (Files is { Reference: null, Current: null })
        {
            throw new InvalidInputException(
                $"{product.Name} has no champion, so its newest data has nothing to be compared with. Name a file: --reference FILE");
        }

        var reference = Files.Reference is { } path
            ? Session.Progress.Run("Reading the reference", p => DriftSample.Read(path, product, null, p, cancellationToken))
            : Newest(product, null, "Reading the reference", cancellationToken);
        return run.Against(reference, Current(product, reference.Features, cancellationToken));
    }

    private DriftSample Current(LoanProduct product, IReadOnlyList<FeatureSample>? reference, CancellationToken cancellationToken) =>
        Files.Current is { } path
            ? Session.Progress.Run("Reading the current rows", p => DriftSample.Read(path, product, reference, p, cancellationToken))
            : Newest(product, reference, "Reading the current rows", cancellationToken);

    private DriftSample Newest(
        LoanProduct product, IReadOnlyList<FeatureSample>? reference, string step, CancellationToken cancellationToken)
    {
        var files = FilesOf(product, reference is null && Files.Current is not null ? "--reference" : "--current");
        return Session.Progress.Run(step, p => DriftSample.Read(files, product, reference, p, cancellationToken));
    }

    private VersionFiles FilesOf(LoanProduct product, string option)
    {
        try
        {
            return ProductData.Newest(Session.Data, product);
        }
        catch (NoIngestedDataException e)
        {
            throw new InvalidInputException(
                $"{e.Message} Name a file with {option}, or join files first: loanrisk ingest {product.Id} --from DIR");
        }
    }

    private void Write(LoanProduct product, DriftResult result)
    {
        var report = result.Report;
        Session.Output.WriteLine(DriftText.Summary(result));
        if (DriftText.Outputs(report) is { } outputs)
        {
            Session.Output.WriteLine(outputs);
        }

        Session.Output.WriteLine(DriftText.Rule(report));
        WriteRefused(result.Reference, result.RefusedReference);
        WriteRefused(result.Current, result.RefusedCurrent);
        ProfileVerb.Write(Session, "Features by severity", DriftTables.Features(report.Features));
        if (report.Outputs.Count > 0)
        {
            ProfileVerb.Write(Session, "The model's answers", DriftTables.Features(report.Outputs));
        }

        if (result.Impact is { } impact)
        {
            WriteImpact(product, impact);
        }
    }

    private void WriteRefused(string name, long refused)
    {
        if (refused > 0)
        {
            Session.Output.WriteLine(
                $"{name}: {CountedNoun.Of(refused, "row")} cannot be read and {(refused == 1 ? "is" : "are")} left out.");
        }
    }

    private void WriteImpact(LoanProduct product, DecisionImpact impact)
    {
        var moves = impact.Features.Where(f => Math.Abs(f.Change) >= LeastMove).Take(MostMoves)
            .Select(f => $"{f.Label} {FigureText.Signed(f.Change)}").ToList();
        Session.Output.WriteLine(
            $"Mean raw score {FigureText.Signed(impact.ReferenceScore)} before, {FigureText.Signed(impact.CurrentScore)} now "
            + $"(log-odds){(moves.Count == 0 ? "" : $"; most by {string.Join(", ", moves)}")}.");
        foreach (var outcome in impact.Outcomes.Where(o => o.ReferenceShare is not null))
        {
            Session.Output.WriteLine(
                $"{DriftText.Of(product.Policy.Words, outcome.Outcome)}: {FigureText.Percent(outcome.ReferenceShare!.Value)} before, "
                + $"{FigureText.Percent(outcome.CurrentShare)} now.");
        }
    }

    private async Task SaveAsync(DriftPageReport report)
    {
        if (Outputs.Json is { } json)
        {
            PageWriter.Save(json, report.Result.ToJson());
            Session.Output.WriteLine($"Written to {Path.GetFullPath(json)}");
        }

        if (Outputs.Report is { } page)
        {
            PageWriter.Save(page, await PageWriter.WriteAsync(report));
            Session.Output.WriteLine($"Report: {Path.GetFullPath(page)}");
        }
    }
}
