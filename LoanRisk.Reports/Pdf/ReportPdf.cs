using LoanRisk.Lending;
using LoanRisk.Lending.Models;
using LoanRisk.Reports.Cards;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Reports.Plots;

namespace LoanRisk.Reports.Pdf;

/// <summary>The summary of a report on a few pages of paper.</summary>
public sealed class ReportPdf
{
    private const double Gap = 18;
    private const double Half = (PdfLayout.Width - Gap) / 2;
    private const int MostFeatures = 24;
    private const int MostFiles = 8;

    private readonly ModelReport _report;
    private readonly PdfDocument _document;
    private readonly PdfLayout _layout;
    private readonly DiscriminationPlots _ranking;
    private readonly CalibrationPlots _honesty;

    private ReportPdf(ModelReport report)
    {
        _report = report;
        _document = new PdfDocument
        {
            Title = $"{report.Product.Name}: model {ShortId.Of(report.Package.Id)}",
            MadeAt = report.MadeAt,
        };
        _layout = new PdfLayout(_document);
        var words = PlotText.Of(report.Product);
        ComparisonCurves[] comparisons = [.. report.Comparisons.Select(r => r.Curves)];
        _ranking = new DiscriminationPlots(report.Evaluation, comparisons, words);
        _honesty = new CalibrationPlots(report.Evaluation, comparisons, words);
    }

    /// <summary>The file.</summary>
    public static byte[] Write(ModelReport report)
    {
        var pdf = new ReportPdf(report);
        pdf.WriteSummary();
        pdf.WriteDecisions();
        pdf.WriteFeatures();
        pdf.WriteData();
        pdf.WriteProgram();
        pdf.WriteCard();
        pdf.WriteFeet();
        return pdf._document.ToBytes();
    }

    private void WriteSummary()
    {
        _layout.Paragraph("Model report", muted: true);
        _layout.Title(_document.Title);
        _layout.Paragraph($"Trained {Moments.DateAndTime(_report.Package.Manifest.TrainedAt)} on "
            + $"{FigureText.Count(_report.Package.Manifest.Rows, "row")}; {FigureText.Count(_report.Package.Trees.Trees.Length, "tree")}, "
            + $"{_report.Package.Calibration.Method} calibration; "
            + $"{(_report.Registered is { } model ? model.State.ToString().ToLowerInvariant() : "not registered")}", muted: true);
        var target = _report.Product.Target;
        _layout.Paragraph($"The probability that a {_report.Product.Subject.One} is {target.Noun}: {target.Meaning} {target.Horizon}. "
            + $"Measured on {FigureText.Count(_report.TestRows, "row")} that no training step has seen, "
            + $"{FigureText.Count(_report.Evaluation.Bad)} of them {target.Noun}; ranges are "
            + $"{FigureText.WholePercent(_report.Evaluation.Intervals.Level)} bootstrap intervals.");
        foreach (var sentence in ReportText.Comparisons(_report)
                .Append(ReportText.Honesty(_report))
                .Concat(ReportText.Directions(_report) is { } d ? [d] : [])
                .Concat(ReportText.Reservations(_report)))
        {
            _layout.Paragraph(sentence);
        }

        _layout.Table("Measures", MeasureTables.Models(_report));
        Pair(_ranking.Roc, _honesty.Reliability);
    }

    private void WriteDecisions()
    {
        Pair(_ranking.PrecisionRecall, _ranking.Ks);
        Pair(_ranking.Gain, _honesty.Cost);
        _layout.Heading("What the policy's thresholds would have done");
        foreach (var threshold in _report.Evaluation.Thresholds)
        {
            var from = FigureText.Limit(threshold.Matrix.Threshold);
            _layout.Table(
                $"Confusion matrix, {(threshold.Name == "declineFrom" ? "refused" : "refused or referred")} from {from} on",
                MeasureTables.Confusion(threshold.Matrix, PlotText.Of(_report.Product)));
        }

        _layout.Table("Measures at the first of them", MeasureTables.Threshold(_report.Evaluation.Thresholds[0]));
        _layout.Table("Tenths, the riskiest first", _ranking.Lift.Numbers!);
        _layout.Table("Calibration", MeasureTables.Calibration(_report));
    }

    private void WriteFeatures()
    {
        const int MostBars = 15;
        _layout.Heading("What it looks at");
        var importance = EffectPlots.Importance(_report.Effects);
        var height = PdfBarPlot.Height(importance, MostBars);
        var top = _layout.Take(height + 6);
        PdfBarPlot.Draw(_layout.Page, importance, new PdfBox(PdfLayout.Margin, top, PdfLayout.Width, height));
        _layout.Paragraph(
            $"SHAP values of {FigureText.Count(_report.Effects.Loans, "unseen row")}"
            + $"{(_report.Effects.Loans < _report.TestRows ? $", drawn with seed {_report.Seed}" : "")}.",
            muted: true);
        if (_report.Proofs.Count > 0)
        {
            _layout.Table("Directions, proven or refuted over the whole model", new ChartTable(
                ["Feature", "Direction", "Result"],
                [.. _report.Proofs.Select(p => (IReadOnlyList<string>)[
                    _report.Product.Find(p.Feature)?.Label ?? p.Feature, p.Direction > 0
                        ? "risk never falls as it rises"
                        : "risk never rises as it rises", ReportText.Result(p)])]), 1, 2);
        }
    }

    private void WriteData()
    {
        _layout.Heading("Data");
        var profile = _report.Profile;
        _layout.Paragraph($"{_report.Data.Data.FileName}: {FigureText.Count(profile.Rows, "row")}, "
            + $"{FigureText.Count(profile.BadRows)} {_report.Product.Target.Noun} ({FigureText.Percent(profile.BadRate)}); "
            + $"{FigureText.Count(_report.Data.Data.ProblemCount, "row")} could not be used. "
            + $"Content hash {ShortId.Of(_report.Data.Data.Sha256)}.");
        foreach (var warning in profile.Warnings.Take(5))
        {
            _layout.Paragraph("Warning: " + warning.Sentence);
        }

        if (_report.Files.Count > 0)
        {
            _layout.Table(_report.Files.Count > MostFiles ? $"The last {MostFiles} of {_report.Files.Count} "
                + "ingested files" : "Ingested files", new ChartTable(
                ["File", "Joined", "Content hash", "Rows", "Kept", "Rejected"],
                [.. _report.Files.TakeLast(MostFiles).Select(f => (IReadOnlyList<string>)[
                    f.Name,
                    Moments.DateAndTime(f.IngestedAt),
                    ShortId.Of(f.Sha256),
                    FigureText.Count(f.RowsRead),
                    FigureText.Count(f.RowsKept),
                    FigureText.Count(f.RowsRejected)])]), 1, 2);
        }

        var features = ProfileTables.Features(_report.Product, profile);
        _layout.Table(
            features.Rows.Count > MostFeatures
                ? $"The first {MostFeatures} of {CountedNoun.Of(features.Rows.Count, "feature")}; all are in the HTML file"
                : "Features and missing values",
            features with { Rows = [.. features.Rows.Take(MostFeatures)] });
    }

    private void WriteProgram()
    {
        _layout.Heading("Timings and packages");
        _layout.Table("How long the model took", TimingTables.Model(_report), 1);
        _layout.Table("How long this report took", TimingTables.Report(_report), 1);
        _layout.Table("Packages the program asks for", new ChartTable(
            ["Package", "Installed", "Latest known"],
            [.. _report.Packages.Where(p => p.Listed is not null).Select(p => (IReadOnlyList<string>)[p.Name, p.Installed, p.Listed!])]));
        _layout.Paragraph(PackageLine.Source, muted: true);
    }

    // Sections of words; what those with tables say stands above, measured anew.
    private void WriteCard()
    {
        _layout.Heading("Model card");
        foreach (var (heading, blocks) in CardSections().Where(s => !s.Blocks.Exists(b => b is CardTable)))
        {
            _layout.Subheading(heading);
            foreach (var block in blocks)
            {
                string[] texts = block switch
                {
                    CardList list => [.. list.Items.Select(item => "• " + item)],
                    CardParagraph paragraph => [paragraph.Text],
                    _ => [],
                };
                Array.ForEach(texts, text => _layout.Paragraph(CardReader.Plain(text)));
            }
        }
    }

    private List<(string Heading, List<CardBlock> Blocks)> CardSections()
    {
        List<(string Heading, List<CardBlock> Blocks)> sections = [];
        foreach (var block in CardReader.Read(_report.Package.Text(PackageFiles.Card)))
        {
            if (block is CardHeading heading)
            {
                sections.Add((CardReader.Plain(heading.Text), []));
            }
            else if (sections.Count > 0)
            {
                sections[^1].Blocks.Add(block);
            }
        }

        return sections;
    }

    private void WriteFeet()
    {
        foreach (var (place, page) in _document.Pages.Index())
        {
            const double Foot = PdfPage.Height - 28;
            page.Write(
                $"{_document.Title}, {Moments.DateAndTime(_report.MadeAt)}",
                PdfLayout.Margin,
                Foot,
                new(Typeface.Regular, 7.5, PdfTones.Muted));
            page.WriteRight(
                $"{place + 1} of {_document.Pages.Count}",
                PdfLayout.Margin + PdfLayout.Width,
                Foot,
                new(Typeface.Regular, 7.5, PdfTones.Muted));
        }
    }

    private void Pair(LinePlot left, LinePlot right)
    {
        const double Height = 215;
        var top = _layout.Take(Height + 12);
        PdfLinePlot.Draw(_layout.Page, left, new PdfBox(PdfLayout.Margin, top + 4, Half, Height));
        PdfLinePlot.Draw(_layout.Page, right, new PdfBox(PdfLayout.Margin + Half + Gap, top + 4, Half, Height));
    }
}
