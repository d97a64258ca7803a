using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Training.Terminal;
using LoanRisk.Training.Trees;
using LoanRisk.Trees;
using LoanRisk.Trees.Text;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Verbs;

/// <summary><c>trees fit</c> and <c>trees predict</c>: the bare engine on any CSV file of numbers.</summary>
internal static class TreesVerbs
{
    private const string Numbers = "Values are numbers; empty, NA and nan are missing; inf and -inf are values, "
        + "above and below all others.\nCategorical columns hold whole codes from 0, or text: "
        + "then the levels are kept in the model (pandas_categorical), and predict takes the same text or the codes.";

    private const string Objectives = "Of the parameters, objective says what the label is: binary (the default; 0 or 1), "
        + "regression (any number), poisson (0 or more), "
        + "cross_entropy (0 to 1), multiclass or multiclassova (0 to num_class - 1). boosting is gbdt, dart or rf; "
        + "data_sample_strategy is bagging or goss. "
        + "metric is what --valid measures; without it the objective's own. A name that is not known is answered with the list of all.\n";

    public static Command Create(ConsoleSession session) => new("trees", "The bare tree engine on any CSV file with a header.")
    {
        CreateFit(session),
        CreatePredict(session),
    };

    private static Verb CreateFit(ConsoleSession session)
    {
        var data = VerbOptions.File("--data", "CSV file to learn from; every column but the label and the weight is a feature.");
        var label = new Option<string>("--label")
        {
            Description = "Column to learn: 0 or 1, or what the objective asks for.",
            Required = true,
            HelpName = "COL",
        };
        var categorical = new Option<string>("--categorical")
        {
            Description = "Columns that hold categories, separated by commas.",
            DefaultValueFactory = _ => "",
            HelpName = "A,B",
        };
        var parameters = VerbOptions.Parameters();
        var weight = new Option<string?>("--weight")
        {
            Description = "Column that says how much a row counts, 0 or more; also in --valid.",
            HelpName = "COL",
        };
        var valid = new Option<string?>("--valid")
        {
            Description = "CSV file to measure each iteration on, for early stopping.",
            HelpName = "FILE",
        };
        var model = VerbOptions.File("--model", "File to write the model to, in LightGBM's text format.");
        var verb = new Verb(
            "fit",
            "Train gradient-boosted trees or a random forest.",
            "loanrisk trees fit --data train.csv --label y --param num_leaves=15 --param num_iterations=200 --model model.txt",
            Objectives
                + Numbers)
        {
            data, label, categorical, weight, parameters, valid, model,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Fit(
                session,
                new FitCall(
                    new FitRun(new FitColumns(
                        parsed.GetRequiredValue(label),
                        parsed.GetRequiredValue(categorical).Split(
                            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                        parsed.GetValue(weight))),
                    VerbOptions.Existing(parsed.GetRequiredValue(data)),
                    parsed.GetValue(valid) is { } file ? VerbOptions.Existing(file) : null,
                    Parameters(parsed.GetRequiredValue(parameters)),
                    VerbOptions.Writable(parsed.GetRequiredValue(model))),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static Verb CreatePredict(ConsoleSession session)
    {
        var model = VerbOptions.File("--model", "Model in LightGBM's text format.");
        var data = VerbOptions.File("--data", "CSV file; columns are matched to the model's features by name, others are left aside.");
        var kind = VerbOptions.Choice(
            "--kind",
            "probability (the converted output), raw (sum of the trees), contrib (SHAP values, then the base value), or leaf (one a tree).",
            PredictionKind.Probability);
        var verbatim = VerbOptions.Verbatim();
        var output = VerbOptions.File("--out", "CSV file to write: one column an output, one row a row, full double precision.");
        var verb = new Verb(
            "predict",
            "Apply a model to a CSV file.",
            "loanrisk trees predict --model model.txt --data test.csv --kind raw --out raw.csv",
            Numbers)
        {
            model, data, kind, output, verbatim,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Predict(
                session,
                new PredictCall(
                    VerbOptions.Existing(parsed.GetRequiredValue(model)),
                    Enum.Parse<PredictionKind>(parsed.GetRequiredValue(kind), ignoreCase: true),
                    VerbOptions.Existing(parsed.GetRequiredValue(data)),
                    VerbOptions.Writable(parsed.GetRequiredValue(output)),
                    VerbOptions.CellsOf(parsed.GetValue(verbatim))),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static int Fit(ConsoleSession session, FitCall call, CancellationToken cancellationToken)
    {
        var (run, data, validation, parameters, model) = call;
        if (OutputFile.Same(data, model) || (validation is not null && OutputFile.Same(validation, model)))
        {
            throw new InvalidOptionException($"The model would overwrite the data in {model}; name another file.");
        }

        var (result, warnings) = session.Progress.RunWithNotes(
            "Training", p => run.Run(data, validation, parameters, new Iterations(p, parameters.WatchedMetric), cancellationToken));
        using var file = new OutputFile(model);
        file.Writer.Write(result.Model.ToText());
        file.Finish();
        foreach (var warning in warnings)
        {
            session.Error.WriteLine($"Warning: {warning}");
        }

        session.Output.WriteLine(
            $"{CountedNoun.Of(result.Model.Trees.Length, "tree")} over {CountedNoun.Of(result.Model.FeatureCount, "feature")} written to "
            + $"{Path.GetFullPath(model)}");
        if (result.ValidationMetrics.Count > 0)
        {
            session.Output.WriteLine(
                $"Validation, iteration {result.BestIteration}: "
                + $"{MetricText.Of(parameters.WatchedMetric, result.ValidationMetrics[result.BestIteration - 1])}");
        }

        return ExitCode.Fine;
    }

    private static int Predict(ConsoleSession session, PredictCall call, CancellationToken cancellationToken)
    {
        var (model, kind, data, output, cells) = call;
        if (OutputFile.Same(model, output))
        {
            throw new InvalidOptionException($"The output would overwrite the model {model}; name another file.");
        }

        var prediction = new Prediction(ReadModel(model), kind, cells);
        var result = session.Progress.Run(
            $"Predicting {Path.GetFileName(data)}", p => PredictRun.Run(prediction, data, output, p, cancellationToken));
        session.Output.WriteLine($"{CountedNoun.Of(result.Rows, "row")} written to {Path.GetFullPath(output)}");
        if (result.UnknownLevels > 0)
        {
            session.Output.WriteLine(
                $"Taken as missing, because the model does not know the level: {CountedNoun.Of(result.UnknownLevels, "value")}.");
        }

        return ExitCode.Fine;
    }

    private static TreeModel ReadModel(string path)
    {
        try
        {
            return TreeModel.Parse(File.ReadAllText(path));
        }
        catch (ModelFormatException e)
        {
            throw new InvalidInputException($"{path}: {e.Message}");
        }
    }

    private static TrainingParameters Parameters(IEnumerable<string> pairs)
    {
        try
        {
            return TrainingParameters.Parse(VerbOptions.Pairs(pairs));
        }
        catch (ArgumentException e)
        {
            throw new InvalidOptionException(ArgumentMessage.Of(e));
        }
    }

    private sealed record FitCall(FitRun Run, string Data, string? Validation, TrainingParameters Parameters, string Model);

    private sealed record PredictCall(string Model, PredictionKind Kind, string Data, string Output, Cells Cells);

    private sealed class Iterations(IProgress<StepState> progress, TrainingMetric metric) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(new StepState(
            (double)value.Iteration / value.TotalIterations,
            value.ValidationMetric is { } measured ? $"validation {MetricText.Of(metric, measured)}" : ""));
    }
}
