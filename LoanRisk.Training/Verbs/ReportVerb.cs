using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports;
using LoanRisk.Reports.Pages;
using LoanRisk.Reports.Pdf;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>report</c>: everything about a model as one HTML file, and a summary as PDF.</summary>
internal static class ReportVerb
{
    private const string Champion = "champion";

    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var model = VerbOptions.Model();
        var data = VerbOptions.Data();
        var version = VerbOptions.DataVersion();
        var output = new Option<string?>("--out")
        {
            Description = "Folder to write to. Default: reports in the data folder.",
            HelpName = "DIR",
        };
        var verb = new Verb(
            "report",
            "Write a report of a model: one HTML file with charts, and a PDF summary.",
            "loanrisk report peerloan --data loans.csv --out reports",
            "Every figure is measured on the rows that no training run learns from, for the model, the champion (for the champion: "
            + "the one before it) and a scorecard fitted on the other rows.")
        {
            product, model, data, version, output,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => new Call(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                parsed.GetValue(model) is { } id && id != Champion ? id : null,
                VerbOptions.Rows(parsed.GetValue(data), parsed.GetValue(version)),
                Folder(parsed.GetValue(output))).RunAsync(cancellationToken),
            cancellationToken));
        return verb;
    }

    private static string? Folder(string? folder) =>
        folder is not null && string.IsNullOrWhiteSpace(folder) ? throw new InvalidOptionException("--out needs the name of a folder.")
        : File.Exists(folder) ? throw new InvalidOptionException($"{folder} is a file; --out needs the name of a folder.")
        : folder;

    private sealed record Call(ConsoleSession Session, LoanProduct Product, string? Model, DataChoice Rows, string? Folder)
    {
        public async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var package = VerbOptions.Package(Session, Product, Model);
            var registry = ModelRegistry.Open(Session.Data);
            var reported = ReportedModel.Find(registry, Product, package, ServingModel.ShippedInPlace(registry, Session.Products, Product));
            var report = ReportRun.Run(
                new ReportRequest(Product, reported, Session.Data, Session.Time.GetUtcNow()),
                p => ProductData.Read(Session.Data, Product, Rows, p, cancellationToken),
                new StageClock(Session.Progress, Session.Time),
                cancellationToken);
            var path = Path.Combine(Folder ?? Path.Combine(Session.Data.Path, "reports"), $"{Product.Id}-{package.Id[..12]}");
            PageWriter.Save(path + ".html", await PageWriter.WriteAsync(report), isPrivate: Folder is null);
            PageWriter.Save(path + ".pdf", ReportPdf.Write(report), isPrivate: Folder is null);
            Session.Output.WriteLine($"Report: {Path.GetFullPath(path)}.html");
            Session.Output.WriteLine($"Summary: {Path.GetFullPath(path)}.pdf");
            return ExitCode.Fine;
        }
    }
}
