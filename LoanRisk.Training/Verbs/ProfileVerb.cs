using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline.Data;
using LoanRisk.Reports;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Reports.Pages;
using LoanRisk.Reports.Plots;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>profile</c>: what a product's data looks like, before anything is trained on it.</summary>
internal static class ProfileVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var data = VerbOptions.Data();
        var version = VerbOptions.DataVersion();
        var output = new Option<string?>("--out")
        {
            Description = "HTML file to write, with charts of every feature. Default: none.",
            HelpName = "FILE.html",
        };
        var verb = new Verb(
            "profile",
            "Describe a product's data: statistics, levels, correlations and warnings.",
            "loanrisk profile peerloan --data loans.csv --out profile.html",
            "Warnings come first. A column that alone tells the outcome with an AUC over 0.95 is called a leak, "
            + "also when the product does not use it: ingested data keeps all columns of the files. "
            + "One that some of the files lack is missing in their rows, and judged by the rows that have it.")
        {
            product, data, version, output,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => RunAsync(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                VerbOptions.Rows(parsed.GetValue(data), parsed.GetValue(version)),
                parsed.GetValue(output) is { } path ? VerbOptions.Writable(path) : null,
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(
        ConsoleSession session, LoanProduct product, DataChoice rows, string? output, CancellationToken cancellationToken)
    {
        var source = session.Progress.Run("Reading the rows", p => ProductData.Read(session.Data, product, rows, p, cancellationToken));
        var report = session.Progress.Run(
            "Describing them", _ => ProfileRun.Run(product, source, session.Time.GetUtcNow(), cancellationToken));
        Write(session, report);
        TrainingOutput.WriteLeftOut(session, source.Data);
        TrainingOutput.WriteUnusual(session, source.Data);
        if (output is not null)
        {
            PageWriter.Save(output, await PageWriter.WriteAsync(report));
            session.Output.WriteLine($"Profile: {Path.GetFullPath(output)}");
        }

        return ExitCode.Fine;
    }

    private static void Write(ConsoleSession session, ProfileReport report)
    {
        var profile = report.Profile;
        session.Output.WriteLine(
            $"{report.Source}: {CountedNoun.Of(profile.Rows, "row")}, {profile.BadRows:N0} {report.Product.Target.Noun} "
            + $"({FigureText.Percent(profile.BadRate)}), {CountedNoun.Of(report.Skipped, "row")} that cannot be used");
        foreach (var warning in profile.Warnings)
        {
            session.Output.WriteLine($"Warning: {warning.Sentence}");
        }

        Write(session, "Features", ProfileTables.Features(report.Product, profile));
        if (profile.OtherColumns.Count > 0)
        {
            Write(session, "Columns the product does not use", ProfileTables.Columns(report.Product, profile.OtherColumns));
        }

        foreach (var column in profile.Features.Where(c => c.Levels.Count > 0))
        {
            Write(session, $"{column.Label}: levels", Levels(column));
        }

        WriteCorrelations(session, profile.Spearman);
    }

    private static ChartTable Levels(ColumnProfile column) => new(
        ["Level", "Rows", "Share", "Bad rate", "95 % interval"],
        [.. column.Levels.Select(l => (IReadOnlyList<string>)[
            l.Label,
            $"{l.Loans:N0}",
            FigureText.Percent(l.Share),
            l.BadRate is { } rate ? FigureText.Percent(rate) : FigureText.None,
            l.BadRateInterval is { } range ? FigureText.Range(range, FigureText.Percent) : FigureText.None])]);

    // A matrix does not fit a terminal; the strong pairs do, and the page has all.
    private static void WriteCorrelations(ConsoleSession session, CorrelationMatrix matrix)
    {
        const int MostPairs = 10;
        var pairs = from i in Enumerable.Range(0, matrix.Names.Count)
                    from j in Enumerable.Range(0, i)
                    where matrix.Values[i][j] is not null
                    orderby Math.Abs(matrix.Values[i][j]!.Value) descending
                    select (IReadOnlyList<string>)[$"{matrix.Names[j]}, {matrix.Names[i]}", FigureText.Signed(matrix.Values[i][j]!.Value)];
        Write(session, "Strongest rank correlations (Spearman)", new ChartTable(["Columns", "Correlation"], [.. pairs.Take(MostPairs)]));
    }

    internal static void Write(ConsoleSession session, string title, ChartTable numbers)
    {
        var table = ConsoleSession.Table(title, numbers.Columns[0], [.. numbers.Columns.Skip(1)]);
        foreach (var row in numbers.Rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(cell.Replace('\u00a0', ' ')))]);
        }

        session.Write(table);
    }
}
