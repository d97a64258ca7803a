using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Reports;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Diagnosis;
using LoanRisk.Reports.Format;
using LoanRisk.Reports.Pages;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>diagnose</c>: timings, health of the data, and packages.</summary>
internal static class DiagnoseVerb
{
    private const int StandardRuns = 3;
    private const int StandardRows = 5_000;

    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var data = VerbOptions.Data();
        var version = VerbOptions.DataVersion();
        var runs = new Option<int>("--runs")
        {
            Description = "How often each work is timed.",
            DefaultValueFactory = _ => StandardRuns,
            HelpName = "N",
        };
        var rows = new Option<int>("--rows")
        {
            Description = "Rows that are timed, about; drawn by a fixed seed.",
            DefaultValueFactory = _ => StandardRows,
            HelpName = "N",
        };
        var json = new Option<string?>("--json") { Description = "File to write the same as JSON.", HelpName = "FILE" };
        var verb = new Verb(
            "diagnose",
            "Time ingest and training, check the data, and list the packages.",
            "loanrisk diagnose peerloan --data loans.csv --runs 3",
            "The timed work is done on a sample in a temporary folder: no data set and no model is touched. "
            + "A run before the counted ones warms the program up.")
        {
            product, data, version, runs, rows, json,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => new Call(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                VerbOptions.Rows(parsed.GetValue(data), parsed.GetValue(version)),
                new DiagnosisLimits(Positive("--runs", parsed.GetValue(runs)), Positive("--rows", parsed.GetValue(rows))),
                parsed.GetValue(json) is { } path ? VerbOptions.Writable(path) : null).Run(cancellationToken),
            cancellationToken));
        return verb;
    }

    private static int Positive(string option, int number) =>
        number > 0 ? number : throw new InvalidOptionException($"{option} is a number from 1; it was {number}.");

    private static void Write(ConsoleSession session, DiagnosisReport report)
    {
        ProfileVerb.Write(session, $"Timings on {report.Processors} processors", new ChartTable(
            ["Work", "Rows", "Runs", "Mean", "Std. dev.", "Rows a second"],
            [.. report.Timings.Select(t => (IReadOnlyList<string>)[
                t.Name,
                FigureText.Count(t.Rows),
                $"{t.Seconds.Count}",
                Seconds(t.Mean),
                t.Seconds.Count > 1 ? Seconds(t.StandardDeviation) : FigureText.None,
                FigureText.Count(t.Rows / t.Mean)])]));
        session.Output.WriteLine(
            $"{report.Data}: {CountedNoun.Of(report.Rows, "row")}, {report.BadRows:N0} bad; "
            + $"{CountedNoun.Of(report.RowsNotUsable, "row")} cannot be used; {FigureText.FinePercent(report.MissingShare)} of the "
            + "cells are empty.");
        foreach (var warning in report.Warnings)
        {
            session.Output.WriteLine($"Warning: {warning.Sentence}");
        }

        foreach (var part in report.Parts.Where(p => p.State != PartState.Whole))
        {
            session.Error.WriteLine(
                $"The rows of {part.File} are {part.State.ToString().ToLowerInvariant()}: "
                + $"restore datasets/{report.Product}/parts/{part.Sha256}.csv from a copy.");
        }

        if (report.Parts.Count > 0)
        {
            session.Output.WriteLine(
                $"{report.Parts.Count(p => p.State == PartState.Whole):N0} of {report.Parts.Count:N0} part files have the content "
                + "they joined with.");
        }

        ProfileVerb.Write(session, "Packages", new ChartTable(
            ["Package", "Installed", "Latest known"],
            [.. report.Packages.Select(p => (IReadOnlyList<string>)[p.Name, p.Installed, p.Listed ?? "came with another"])]));
        session.Output.WriteLine(PackageLine.Source);
    }

    private static string Seconds(double seconds) => FigureText.Time(TimeSpan.FromSeconds(seconds));

    private sealed record Call(ConsoleSession Session, LoanProduct Product, DataChoice Rows, DiagnosisLimits Limits, string? Json)
    {
        public int Run(CancellationToken cancellationToken)
        {
            var source = Session.Progress.Run("Reading the rows", p => ProductData.Read(Session.Data, Product, Rows, p, cancellationToken));
            var report = Session.Progress.Run(
                "Timing", p => new DiagnosisRun(Session.Data, Session.Time).Run(source, Limits, p, cancellationToken));
            Write(Session, report);
            VerbOptions.TellBroken(Session);
            if (Json is not null)
            {
                PageWriter.Save(Json, report.ToJson());
                Session.Output.WriteLine($"Written to {Path.GetFullPath(Json)}");
            }

            return report.Parts.All(p => p.State == PartState.Whole) ? ExitCode.Fine : ExitCode.Failed;
        }
    }
}
