using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary>What a person reads about registered models.</summary>
internal static class ModelsOutput
{
    public static void WriteList(ConsoleSession session, IReadOnlyList<ComparedModel> models)
    {
        if (models.Count == 0)
        {
            session.Output.WriteLine("No model is registered yet. Train one: loanrisk train PRODUCT --data FILE");
            return;
        }

        var table = ConsoleSession.Table(
            $"{models.Count:N0} {(models.Count == 1 ? "model" : "models, the newest first")}",
            "Id", "Product", "State", "Kind", "Origin", "Trained",
            "AUC");
        foreach (var (model, figures) in models)
        {
            table.AddRow(
                ModelsVerbs.Short(model.Id),
                model.Product,
                Word(model.State),
                Word(model.Kind),
                Markup.Escape(model.Source == ModelSource.Shipped ? Word(model.Source) : $"{Word(model.Source)} by {model.RegisteredBy}"),
                model.TrainedAt.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
                Value(figures.Test?.Auc, figures.TestIntervals?.Auc, "0.000"));
        }

        session.Write(table);
    }

    /// <summary>Where a model came from and how good it is.</summary>
    public static void WriteModel(ConsoleSession session, RegisteredPackage shown, bool isRegistered)
    {
        var (model, package) = shown;
        var (manifest, output) = (package.Manifest, session.Output);
        output.WriteLine($"Model {model.Id}");
        output.WriteLine(
            $"{Word(model.State)} of {model.Product}, {Word(model.Kind)}, {Word(model.Source)}; schema version {model.SchemaVersion}, "
            + $"{CountedNoun.Of(package.Trees.Trees.Length, "tree")}, {package.Calibration.Method} calibration");
        var data = $"{CountedNoun.Of(manifest.Rows, "row")}, SHA-256 {ModelsVerbs.Short(manifest.DataSha256)}";
        output.WriteLine(
            model.Source != ModelSource.Imported
                ? $"Trained {Moment(model.TrainedAt)} by LoanRisk {manifest.CodeVersion}, seed {manifest.Seed}; {data}"
            : ModelMetrics.Of(package.Files).Test is null ? "Trained elsewhere; neither calibrated nor measured"
            : $"Trained elsewhere; calibrated and measured on {data}");
        var aside = model is { Source: ModelSource.Tuned, TrainingTime: not null } ? ", the search for its parameters aside" : "";
        output.WriteLine($"Training took: {FigureText.Time(model.TrainingTime)}{aside}");
        var parent = model.ParentId is { } id ? $"; the champion was {ModelsVerbs.Short(id)} then" : "";
        output.WriteLine(isRegistered
            ? $"Registered {Moment(model.RegisteredAt)} by {model.RegisteredBy}{parent}"
            : "Not registered yet: it stands in the product's folder");
        WriteFigures(session, ModelMetrics.Of(package.Files));
    }

    /// <summary>What happened to a model; nothing when nothing did.</summary>
    public static void WriteEvents(ConsoleSession session, RegisteredModel model, IReadOnlyList<ModelEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        var table = ConsoleSession.Table("What happened to it, the newest first", "When (UTC)", "What", "By", "Why");
        foreach (var line in events)
        {
            table.AddRow(
                line.At.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
                Happening(model, line),
                Markup.Escape(line.By),
                Markup.Escape(line.Reason));
        }

        session.Write(table);
    }

    public static void WriteRegistered(ConsoleSession session, RegisteredModel model)
    {
        var id = ModelsVerbs.Short(model.Id);
        session.Output.WriteLine(
            $"Model {id} is registered as a {Word(model.State)} of {model.Product}. To let it serve: loanrisk models promote {id}");
    }

    public static void WriteComparison(ConsoleSession session, ModelComparison comparison)
    {
        var (first, second) = (comparison.First.Figures, comparison.Second.Figures);
        var difference = comparison.Difference;
        var table = ConsoleSession.Table(
            comparison.Basis,
            "Measure",
            Title(comparison.First.Model),
            Title(comparison.Second.Model),
            difference is null ? "Better by" : "Better by (95 % interval)");
        Add("AUC", m => m.Auc, m => m.Auc, 1, difference?.Auc);
        Add("KS", m => m.Ks, m => m.Ks, 1, null);
        Add("Average precision", m => m.AveragePrecision, m => m.AveragePrecision, 1, null);
        Add("Log loss", m => m.LogLoss, m => m.LogLoss, -1, difference?.LogLoss);
        Add("Brier score", m => m.Brier, m => m.Brier, -1, difference?.Brier);
        table.AddRow("Calibration slope", Number(first.Calibration?.Slope), Number(second.Calibration?.Slope), "");
        table.AddRow(
            "Expected calibration error", Percent(first.Calibration?.ExpectedError), Percent(second.Calibration?.ExpectedError), "");
        table.AddRow("Rows (bad)", Rows(first), Rows(second), "");
        session.Write(table);
        session.Output.WriteLine(
            $"Better by: how much better {ModelsVerbs.Short(comparison.First.Model.Id)} is, whichever way the measure points; "
            + "below 0 it is worse.");

        void Add(
            string name,
            Func<Metrics, double> value,
            Func<MetricIntervals, Interval> interval,
            int better,
            MetricDifference? paired) => table.AddRow(
            name,
            Value(first.Test is { } a ? value(a) : null, first.TestIntervals is { } i ? interval(i) : null),
            Value(second.Test is { } b ? value(b) : null, second.TestIntervals is { } j ? interval(j) : null),
            paired is not null ? $"{paired.Gain:0.0000} ({paired.Interval.Low:0.0000} to {paired.Interval.High:0.0000})"
            : difference is not null && first.Test is { } c && second.Test is { } d ? $"{better * (value(c) - value(d)):0.0000}" : "");
    }

    /// <summary>What the gate said.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="judgement">What it said.</param>
    /// <param name="remedy">What may turn the answer; null when nothing here may.</param>
    public static void WriteJudgement(ConsoleSession session, GateJudgement judgement, string? remedy)
    {
        session.Output.WriteLine($"The gate: {(judgement.Passed ? "passed" : "not passed")}. {judgement.Basis}");
        foreach (var check in judgement.Checks)
        {
            session.Output.WriteLine($"  {(check.Passed ? "yes" : "NO ")}  {Words(check.Name)}: {check.Sentence}");
        }

        if (!judgement.Passed && remedy is not null)
        {
            session.Output.WriteLine(remedy);
        }
    }

    // calibrationSlope: calibration slope
    private static string Words(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static void WriteFigures(ConsoleSession session, ModelMetrics figures)
    {
        if (figures.Test is not { } test)
        {
            session.Output.WriteLine("It was never measured.");
            return;
        }

        var table = ConsoleSession.Table(
            figures.TestLoans is { } measured ? $"On {CountedNoun.Of(measured.Loans, "test row")} ({measured.Bad:N0} bad)" : "On test rows",
            "Measure",
            "Value (interval)");
        table.AddRow("AUC", Value(test.Auc, figures.TestIntervals?.Auc));
        table.AddRow("KS", Value(test.Ks, figures.TestIntervals?.Ks));
        table.AddRow("Average precision", Value(test.AveragePrecision, figures.TestIntervals?.AveragePrecision));
        table.AddRow("Log loss", Value(test.LogLoss, figures.TestIntervals?.LogLoss));
        table.AddRow("Brier score", Value(test.Brier, figures.TestIntervals?.Brier));
        table.AddRow("Calibration slope", Number(figures.Calibration?.Slope));
        table.AddRow("Expected calibration error", Percent(figures.Calibration?.ExpectedError));
        session.Write(table);
    }

    private static string Happening(RegisteredModel model, ModelEvent line) => (line.ModelId == model.Id, line.Kind) switch
    {
        (false, ModelEventKind.RolledBack) => $"taken back, {ModelsVerbs.Short(line.ModelId)} serves again",
        (false, ModelEventKind.Challenger) => $"followed by {ModelsVerbs.Short(line.ModelId)} as challenger",
        (false, _) => $"followed by {ModelsVerbs.Short(line.ModelId)}",
        (_, ModelEventKind.Promoted) => line.Forced ? "promoted against the gate" : "promoted",
        (_, ModelEventKind.RolledBack) => "champion again",
        (_, ModelEventKind.Policy) when line.PreviousPolicyHash is { } before =>
            $"policy {ModelsVerbs.Short(before)} to {ModelsVerbs.Short(line.PolicyHash!)}",
        (_, ModelEventKind.Policy) => $"policy {ModelsVerbs.Short(line.PolicyHash!)} recorded",
        _ => line.Kind.ToString().ToLowerInvariant(),
    };

    private static string Title(RegisteredModel model) => $"{ModelsVerbs.Short(model.Id)} ({Word(model.State)})";

    private static string Rows(ModelMetrics figures) => figures.TestLoans is { } loans ? $"{loans.Loans:N0} ({loans.Bad:N0})" : "-";

    // Four digits, or three where space is scarce.
    private static string Value(double? value, Interval? interval, string format = "0.0000") => (value, interval) switch
    {
        (null, _) => "not measured",
        ({ } v, { } i) => $"{v.ToString(format)} ({i.Low.ToString(format)} to {i.High.ToString(format)})",
        ({ } v, _) => v.ToString(format),
    };

    private static string Number(double? value) => value is { } v ? $"{v:0.000}" : "-";

    private static string Percent(double? share) => share is { } s ? $"{100 * s:0.00} %" : "-";

    private static string Word<T>(T value)
        where T : struct, Enum =>
        value.ToString().ToLowerInvariant();

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
