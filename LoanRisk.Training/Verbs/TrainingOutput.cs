using LoanRisk.Lending;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary>What an analyst reads after training.</summary>
internal static class TrainingOutput
{
    public static void WriteData(ConsoleSession session, DataSet data)
    {
        session.Output.WriteLine(
            $"{data.FileName}: {CountedNoun.Of(data.RowCount, data.Product.Subject.One, data.Product.Subject.Many)}, "
            + $"{data.BadCount:N0} {data.Product.Target.Noun} ({Share(data)}).");
        if (data.OpenRows > 0)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(data.OpenRows, "row")} without an outcome ({data.Product.Target.Column} is not given): "
                + "neither good nor bad, and left out.");
        }

        if (data.UnusedColumns.Count > 0)
        {
            session.Output.WriteLine($"Columns left aside: {string.Join(", ", data.UnusedColumns)}.");
        }

        if (data.Standing is not null)
        {
            session.Output.WriteLine(
                "Where several rows have one id, one stands for all by the product's rule (updates or duplicates); "
                + "the others were left out.");
        }

        if (data.Groups.Followers is > 0 and var followers)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(followers, "row has", "rows have")} an id or all features of an earlier one, "
                + $"up to {CountedNoun.Of(data.Groups.Largest, "row")} together; they stay in one part, "
                + "so that no test row was learnt from.");
        }

        WriteUnusual(session, data);
    }

    /// <summary>How many rows equal one of another machine.</summary>
    public static void WriteShared(ConsoleSession session, int rows)
    {
        if (rows > 0)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(rows, "row equals", "rows equal")} one of another machine in every feature; each machine deals its own "
                + "rows, so one may have been learnt from and the other calibrate. For the test both are, or none.");
        }
    }

    /// <summary>How many rows cannot be used, and why the first cannot.</summary>
    public static void WriteLeftOut(ConsoleSession session, DataSet data)
    {
        if (data.Problems is [var first, ..])
        {
            session.Output.WriteLine(
                $"{data.ProblemCount:N0} of {CountedNoun.Of(data.RowsRead, "row")} cannot be used and "
                + $"{(data.ProblemCount == 1 ? "is" : "are")} left out; the first is line {first.Line}: {first.Cause}");
        }
    }

    /// <summary>Which features have values that the product file does not expect.</summary>
    public static void WriteUnusual(ConsoleSession session, DataSet data)
    {
        foreach (var (name, rows) in data.Warnings)
        {
            session.Output.WriteLine(
                $"{name}: {CountedNoun.Of(rows, "row")} outside of what the product file calls seen; they are used, "
                + "a level it does not list as missing.");
        }
    }

    /// <summary>What a training run measured.</summary>
    public static void WriteMetrics(ConsoleSession session, LoanProduct product, ModelMetrics metrics)
    {
        session.Output.WriteLine();
        WriteDirections(session, product, metrics.Monotone!);
        WriteMeasures(session, product, metrics);
        WriteBands(session, product, metrics.Bands!);
        foreach (var baseline in metrics.Baselines ?? [])
        {
            session.Output.WriteLine(
                $"For comparison, {(baseline.Name == "champion" ? $"the champion {baseline.ModelId![..12]}" : "a points scorecard")} on "
                + $"the same {product.Subject.Many}: AUC {baseline.Test.Auc:0.0000}, "
                + $"Brier score {baseline.Test.Brier:0.0000}.{(baseline.Caution is null ? "" : " " + baseline.Caution)}");
        }

        session.Output.WriteLine(
            $"{CrossValidation.FoldCount}-fold AUC over all {product.Subject.Many} {metrics.CrossValidation!.Auc:0.0000}. "
            + $"{Size(metrics)}; {metrics.Calibration!.Chosen} calibration, slope {metrics.Calibration!.Slope:0.00}, "
            + $"expected error {metrics.Calibration!.ExpectedError * 100:0.00} %.");
    }

    // A scorecard is written as trees, one a feature.
    private static string Size(ModelMetrics metrics) =>
        metrics.Scorecard is null
            ? CountedNoun.Of(metrics.TreeCount!.Value, "tree")
            : $"Points for {CountedNoun.Of(metrics.TreeCount!.Value, "feature")}";

    private static void WriteDirections(ConsoleSession session, LoanProduct product, MonotoneDecision decision)
    {
        if (product.MonotoneDirections.All(d => d == 0))
        {
            session.Output.WriteLine(
                $"The product names no monotone directions. {CrossValidation.FoldCount}-fold AUC {decision.Chosen.Auc:0.0000}.");
            return;
        }

        if (decision.Directions.Count == 0)
        {
            session.Output.WriteLine($"{decision.Rule} {CrossValidation.FoldCount}-fold AUC {decision.Chosen.Auc:0.0000}.");
            return;
        }

        var table = ConsoleSession.Table(
            $"{CrossValidation.FoldCount}-fold AUC without the test rows, and what monotone directions cost",
            "Directions", "AUC", "Cost", "Added to those kept",
            "Kept");
        table.AddRow("none", $"{decision.None!.Auc:0.0000}", "", "", "");
        foreach (var d in decision.Directions)
        {
            table.AddRow(
                $"{Markup.Escape(d.Feature)} {(d.Direction > 0 ? "up" : "down")}",
                $"{d.AucAlone:0.0000}",
                $"{Math.Round(d.CostAlone, 4) + 0.0:0.0000}",
                $"{d.AucAdded:0.0000}",
                d.Kept ? "yes" : "no");
        }

        table.AddRow("all", $"{decision.All!.Auc:0.0000}", $"{decision.None.Auc - decision.All.Auc:0.0000}", "", "");
        table.AddRow("those kept", $"{decision.Chosen.Auc:0.0000}", $"{decision.None.Auc - decision.Chosen.Auc:0.0000}", "", "");
        session.Write(table);
    }

    private static void WriteMeasures(ConsoleSession session, LoanProduct product, ModelMetrics metrics)
    {
        var (test, range) = (metrics.Test!, metrics.TestIntervals!);
        var table = ConsoleSession.Table(
            $"On {metrics.TestLoans!.Loans:N0} test {product.Subject.Many} that nothing else has seen ({metrics.TestLoans!.Bad:N0} "
            + $"{product.Target.Noun})",
            "Measure",
            "Value",
            $"{range.Level * 100:0} % interval");
        Add("AUC", test.Auc, range.Auc);
        Add("Gini", test.Gini, range.Gini);
        Add("KS", test.Ks, range.Ks);
        Add("Log loss", test.LogLoss, range.LogLoss);
        Add("Brier score", test.Brier, range.Brier);
        Add("Average precision", test.AveragePrecision, range.AveragePrecision);
        session.Write(table);

        void Add(string name, double value, Interval interval) =>
            table.AddRow(name, $"{value:0.0000}", $"{interval.Low:0.0000} to {interval.High:0.0000}");
    }

    private static void WriteBands(ConsoleSession session, LoanProduct product, BandReport bands)
    {
        var table = ConsoleSession.Table(
            $"The policy's bands over the test {product.Subject.Many}", "Band", "Probability", "Rows", "Share", product.Target.Noun);
        Add("approve", $"below {PercentText.OfLimit(bands.ApproveBelow)} %", bands.Approve);
        Add("refer", $"{PercentText.OfLimit(bands.ApproveBelow)} to {PercentText.OfLimit(bands.DeclineFrom)} %", bands.Refer);
        Add("decline", $"from {PercentText.OfLimit(bands.DeclineFrom)} %", bands.Decline);
        session.Write(table);

        void Add(string name, string range, Band band) =>
            table.AddRow(
                name, range, $"{band.Loans:N0}", $"{band.Share * 100:0.0} %", band.BadRate is { } rate ? $"{rate * 100:0.0} %" : "-");
    }

    private static string Share(DataSet data) => data.RowCount == 0 ? "none" : $"{100.0 * data.BadCount / data.RowCount:0.0} %";
}
