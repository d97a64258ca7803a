using System.Globalization;
using System.Text;
using LoanRisk.Lending;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train;

/// <summary>
/// Writes <c>card.md</c>: what a model was trained on, how good it is and what it must not be used for. Every figure is a measured one.
/// </summary>
public sealed class ModelCard
{
    private readonly StringBuilder _text = new();
    private readonly LoanProduct _product;
    private readonly DataSet _data;
    private readonly TrainingFacts _facts;
    private readonly ModelMetrics _metrics;

    private ModelCard(LoanProduct product, DataSet data, TrainingFacts facts, ModelMetrics metrics) =>
        (_product, _data, _facts, _metrics) = (product, data, facts, metrics);

    /// <summary>The text in Markdown.</summary>
    /// <param name="product">The product.</param>
    /// <param name="data">The rows of the training run.</param>
    /// <param name="facts">What the run was given.</param>
    /// <param name="metrics">What it measured: every part of a training run's metrics.</param>
    public static string Write(LoanProduct product, DataSet data, TrainingFacts facts, ModelMetrics metrics)
    {
        var card = new ModelCard(product, data, facts, metrics);
        card.WriteHead();
        card.WriteUse();
        card.WriteRows();
        card.WriteMeasures();
        card.WriteBands();
        card.WriteFeatures();
        card.WriteDirections();
        card.WriteCalibration();
        card.WriteLimits();
        card.WriteParameters();
        return card._text.ToString();
    }

    private string Noun => _product.Target.Noun;

    private string Period => _data.Dates is { Length: > 0 } dates ? $"{Day(dates.Min())} to {Day(dates.Max())}"
        : _product.Date is { } date ? $"not known: the rows have no {date.Column}"
        : "not known: the product file names no date column";

    // The newest rows are the test only when both outcomes are among them.
    private bool IsOutOfTime => _data.Dates is { } dates && DataSplit.Create(_data, _facts.Seed).Test is { Length: > 0 } test
        && test.Min(row => dates[row]) >= Enumerable.Range(0, dates.Length).Except(test).Max(row => dates[row]);

    private string Form => _metrics.Scorecard is { } card
        ? $"a points scorecard of {Count(card.Features.Count, "feature")}"
        : Count(_metrics.TreeCount!.Value, "gradient-boosted tree");

    private void WriteHead()
    {
        Line($"# {_product.Name}: model card");
        Line(
            $"The model gives the probability that a {_product.Subject.One} is {Noun}: "
            + $"{_product.Target.Meaning} {_product.Target.Horizon}. {_product.Description}");
        Line([
            "| | |", "|---|---|",
            $"| Trained | {_facts.TrainedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC by LoanRisk "
            + $"{_facts.CodeVersion}, seed {_facts.Seed} |",
            $"| Data | {_data.FileName}: {Count(_data.RowCount)} {_product.Subject.Many}, "
            + $"{Count(_data.BadCount)} of them {Noun} ({Percent((double)_data.BadCount / _data.RowCount)}) |",
            .. _product.Source is { } source
                ? [$"| Source of the data | {source.Name}, {source.From}. Licence: "
                    + $"{source.Licence}.{(source.Attribution is null ? "" : $" {source.Attribution}")} |"]
                : Array.Empty<string>(),
            $"| Fingerprint of the data | SHA-256 `{_data.Sha256}` |",
            $"| Period of the {_product.Subject.Many} | {Period} |",
            $"| Model | {Form}, then {_metrics.Calibration!.Chosen} calibration |",
            $"| Product schema | version {_product.SchemaVersion} |"]);
        if (_data.OpenRows > 0)
        {
            Line($"Rows of the file without an outcome: {Count(_data.OpenRows)}; they count neither as good nor as bad and were left out.");
        }

        if (_data.ProblemCount > 0)
        {
            var rows = CountedNoun.Of(
                _data.ProblemCount, "row of the file could not be used and was", "rows of the file could not be used and were");
            Line($"{rows} left out.");
        }
    }

    private void WriteUse()
    {
        Line("## What it is for");
        Line($"To support the decision on an application for {_product.Name}: a probability, the reasons behind it, "
            + "and the band of the lender's policy it falls in. "
            + "It is meant for applicants and terms like those in the training file, at about the time and place the file comes from.");
        Line("## What it must not be used for");
        Line(
            $"- Another product, currency than {_product.Currency} or country, or another outcome than \"{_product.Target.Meaning} "
            + $"{_product.Target.Horizon}\". In particular it does not say how much money would be lost.",
            "- The only ground for refusing a person where the law asks for a human decision; "
            + "the refer band and the reasons exist for that.",
            "- Choosing terms by trying values until the answer suits: the model has learnt what went together in the past, "
            + "not what a change would cause.",
            "- Marketing, collection, employment, insurance or any judgement about a person beyond this application.",
            "- Applicants unlike those in the file: it can only hold those who were accepted, "
            + "so nothing was learnt about those who were refused.");
    }

    private void WriteRows()
    {
        Line("## Which rows served what");
        var rows = _metrics.Rows!;
        Line(
            $"| Part | Rows | {Noun} |", "|---|---:|---:|",
            Part("Trees", rows.Trees!),
            Part("Early stopping of the trees", rows.EarlyStopping!),
            Part("Fitting the calibrations", rows.Calibration!),
            Part("Choosing the calibration", rows.Choice!),
            Part("Test: reported measures only", rows.Test!),
            Part("All", rows.All!));
        Line("The parts share no row. "
            + (IsOutOfTime
                ? "The test rows are the newest, later than all others, so that"
                : "The test rows were chosen by a hash of what they say, so that")
            + " no other seed, search or earlier model of this schema learned from them either; "
            + "the seed dealt the others, outcome by outcome. Directions were chosen by cross-validation without the test rows. "
            + $"The {CrossValidation.FoldCount}-fold figure below comes from other models on all rows, dealt in file order.");

        string Part(string name, PartSize size) => $"| {name} | {Count(size.Loans)} | {Count(size.Bad)} |";
    }

    private void WriteMeasures()
    {
        var (test, range) = (_metrics.Test!, _metrics.TestIntervals!);
        Line("## How good it is");
        Line(
            $"| Measure on the {Count(_metrics.TestLoans!.Loans, "test row")} | Value | {Percent(range.Level, "0")} interval | Before "
            + "calibration |",
            "|---|---:|---:|---:|",
            Row("AUC (0.5 is chance)", test.Auc, range.Auc, _metrics.TestUncalibrated!.Auc),
            Row("Gini", test.Gini, range.Gini, _metrics.TestUncalibrated!.Gini),
            Row("KS", test.Ks, range.Ks, _metrics.TestUncalibrated!.Ks),
            Row("Log loss (lower is better)", test.LogLoss, range.LogLoss, _metrics.TestUncalibrated!.LogLoss),
            Row("Brier score (lower is better)", test.Brier, range.Brier, _metrics.TestUncalibrated!.Brier),
            Row(
                $"Average precision ({Number((double)_metrics.TestLoans!.Bad / _metrics.TestLoans!.Loans)} is chance)",
                test.AveragePrecision,
                range.AveragePrecision,
                _metrics.TestUncalibrated!.AveragePrecision));
        Line(
            $"Intervals are percentiles of {Count(range.Resamples)} plain bootstrap resamples of the test rows; "
            + "they do not cover another training file or another time.");
        var folds = _metrics.CrossValidation!;
        Line($"{CrossValidation.FoldCount}-fold cross-validation over all rows: AUC {Number(folds.Auc)} (folds "
            + $"{string.Join(", ", folds.AucByFold.Select(Number))}), "
            + $"log loss {Number(folds.LogLoss)}, Brier score {Number(folds.Brier)} before calibration.");

        foreach (var baseline in _metrics.Baselines ?? [])
        {
            var model = baseline.Name == "champion"
                ? $"the champion of the time (`{baseline.ModelId![..12]}`)"
                : "a points scorecard of the same rows";
            Line($"For comparison, {model} on the same test rows: AUC {Number(baseline.Test.Auc)} "
                + $"({Number(baseline.Intervals.Auc.Low)} to {Number(baseline.Intervals.Auc.High)}), "
                + $"Brier score {Number(baseline.Test.Brier)}.{(baseline.Caution is null ? "" : " " + baseline.Caution)}");
        }

        if (_metrics.Imbalance is { } imbalance)
        {
            Line(imbalance == "smote"
                ? "The trees learned from rows of which the rarer outcome was made up to half (SMOTE-NC); "
                  + "the column before calibration shows how far that moved the probabilities, "
                  + "and calibration on untouched rows brings them back."
                : "The trees learned with weights that make both outcomes equally heavy; "
                  + "the column before calibration shows how far that moved the probabilities, "
                  + "and calibration on untouched rows brings them back.");
        }

        static string Row(string name, double value, Interval interval, double before) =>
            $"| {name} | {Number(value)} | {Number(interval.Low)} to {Number(interval.High)} | {Number(before)} |";
    }

    private void WriteBands()
    {
        var bands = _metrics.Bands!;
        Line("## What the policy would do");
        Line($"Policy version {_product.Policy.Version} on the test rows, knock-out rules aside:");
        Line(
            $"| Band | Probability | Rows | Share | {Noun} |", "|---|---|---:|---:|---:|",
            Row("Approve", $"below {Limit(bands.ApproveBelow)}", bands.Approve),
            Row("Refer to an officer", $"{Limit(bands.ApproveBelow)} to {Limit(bands.DeclineFrom)}", bands.Refer),
            Row("Decline", $"from {Limit(bands.DeclineFrom)}", bands.Decline));

        static string Limit(double limit) => Lending.Decisions.PercentText.OfLimit(limit) + " %";

        static string Row(string name, string range, Band band) =>
            $"| {name} | {range} | {Count(band.Loans)} | {Percent(band.Share)} | "
            + $"{(band.BadRate is { } rate ? Percent(rate) : "no rows")} |";
    }

    private void WriteFeatures()
    {
        Line("## What it looks at");
        Line([
            "| Feature | Kind | Missing in the file | Share of the effect | Direction kept |",
            "|---|---|---:|---:|---|",
            .. _product.Features.Select(Row),
        ]);
        Line(
            "The effect is the mean absolute SHAP value, the change of the log-odds whichever way, "
            + $"over {Count(_metrics.Effects!.Loans, "test row")}.");
        foreach (var (name, rows) in _data.Warnings.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            Line($"`{name}`: {CountedNoun.Of(rows, "row holds", "rows hold")} a value outside of what the product file calls seen.");
        }

        string Row(Feature feature, int place) =>
            $"| {feature.Label} (`{feature.Name}`) | {feature.Kind.ToString().ToLowerInvariant()} | "
            + $"{Percent(Missing(_data.Columns[place]))} | {Percent(Share(feature))} | {Direction(feature)} |";

        double Share(Feature feature) => _metrics.Effects!.Features.First(effect => effect.Name == feature.Name).Share;

        double Missing(double[] column) => column.Count(double.IsNaN) / (double)_data.RowCount;
    }

    private string Direction(Feature feature) =>
        !_metrics.Monotone!.Kept.Contains(feature.Name)
            ? "free"
            : feature.Monotone > 0
            ? "risk never falls as it rises"
            : "risk never rises as it rises";

    private void WriteDirections()
    {
        var decision = _metrics.Monotone!;
        Line("## Directions that the trade would insist on");
        Line(decision.Rule);
        if (decision.None is { } none && decision.All is { } all)
        {
            Line(
                $"{CrossValidation.FoldCount}-fold AUC without the test rows: without any direction {Number(none.Auc)}, "
                + $"with all {Number(all.Auc)}, with those kept {Number(decision.Chosen.Auc)}.");
        }

        if (decision.Directions.Count == 0)
        {
            return;
        }

        Line([
            "| Feature | Direction | AUC alone | Costs alone | AUC on top of those kept before | Kept |", "|---|---|---:|---:|---:|---|",
            .. decision.Directions.Select(d =>
                $"| `{d.Feature}` | {(d.Direction > 0 ? "up" : "down")} | {Number(d.AucAlone)} | {Number(d.CostAlone)} | "
                + $"{Number(d.AucAdded)} | {(d.Kept ? "yes" : "no")} |")]);
        Line(
            "A direction that was not kept can show reasons that a person would not expect, "
            + "for example a higher value that counts in an applicant's favour.");
    }

    private void WriteCalibration()
    {
        var calibration = _metrics.Calibration!;
        Line("## Can the probability be taken at its word");
        Line($"Calibration: {calibration.Chosen}, with the lowest Brier score on the rows for the choice "
            + $"({string.Join(", ", calibration.BrierOnChoiceRows!.Select(b => $"{b.Key} {b.Value:0.000000}"))}). "
            + $"On the test rows slope {Number(calibration.Slope!.Value)} (1 is perfect), "
            + $"intercept {Number(calibration.Intercept!.Value)} (0 is perfect), "
            + $"mean distance between predicted and observed {Percent(calibration.ExpectedError!.Value, "0.00")}."
            + (calibration.BrierOnChoiceRows!.ContainsKey("isotonic")
                ? ""
                : $" Isotonic regression did not take part: it needs {Count(CalibrationChoice.IsotonicNeeds, "row")} of each outcome."));
        Line([
            "| Tenth, from the safest | Rows | Predicted | Observed |", "|---:|---:|---:|---:|",
            .. calibration.Bins!.Select(
                (b, i) => $"| {i + 1} | {Count(b.Loans)} | {Percent(b.Predicted, "0.00")} | {Percent(b.Observed, "0.00")} |")]);
    }

    private void WriteLimits()
    {
        Line("## Limits");
        Line([
            $"- {Count(_data.BadCount)} {Noun} {_product.Subject.Many} are all the evidence there is; "
            + "small differences between applicants are within chance.",
            IsOutOfTime
                ? "- The test rows are later than those that were learnt from, by weeks or months and not by years: "
                  + "how the model holds up beyond that is not measured here."
                : "- The test rows are from the same time as the training rows. How the model holds up later is not measured here.",
            "- Values outside the training range and levels that are not listed are scored by their nearest neighbours among the trees "
            + "and flagged; their probabilities are less certain than these measures say.",
            "- Values are taken as stated in the file; nobody checked them.",
            .. _product.Cautions.Select(caution => $"- {caution}")]);
        Line("## Fairness");
        Line(_product.FairnessAttributes.Count == 0
            ? "The product file names no attribute for fairness tests, so no comparison between groups of people has been made. "
              + "That the model sees no such attribute does not prove that it treats groups alike: other "
              + "features can stand in for it. Test it before relying on it where the law asks for equal treatment."
            : $"Kept for tests and not used by the model: {string.Join(", ", _product.FairnessAttributes)}. "
              + "No comparison between groups is part of this card yet.");
        if (_product.Features.Where(f => f.Protected).Select(f => f.Label).ToList() is { Count: > 0 } prohibited)
        {
            Line($"The model does use {string.Join(", ", prohibited)}, which the product file marks as protected: "
                + "in many places the law forbids to decide about credit by them. "
                + "Do not put this model into service for real applicants without legal advice; where it must not see them, "
                + "take these features out of the product file and train again.");
        }
    }

    private void WriteParameters()
    {
        Line("## Training parameters");
        Line(
            "Under LightGBM's names: "
                + string.Join(", ", _facts.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"`{p.Key}={p.Value}`"))
                + ".");
    }

    // A paragraph, a list or a table, and the empty line that ends it.
    private void Line(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Append(line);
        }

        Append("");
    }

    private void Append(string line) => _text.Append(line).Append('\n');

    private static string Day(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(long number, string one) => CountedNoun.Of(number, one);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    // Adding 0 takes the sign off a zero.
    private static string Number(double number) => (Math.Round(number, 4) + 0.0).ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double share, string format = "0.0") =>
        (100 * share).ToString(format, CultureInfo.InvariantCulture) + " %";
}
