using System.Globalization;

namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>Checks the parameters that only make sense together.</summary>
    /// <exception cref="ArgumentException">Two parameters exclude each other, or one does nothing beside the others; the message
    /// names both.</exception>
    public void Validate()
    {
        if (IsUnbalance && ScalePosWeight is not 1)
        {
            throw Allowed.Refusal("scale_pos_weight", ScalePosWeight.ToString("R", CultureInfo.InvariantCulture),
                "1 when is_unbalance is on: set one of the two");
        }

        if (PathSmooth > 0 && MinDataInLeaf < 2)
        {
            throw Allowed.Refusal("min_data_in_leaf", MinDataInLeaf.ToString(), "at least 2 when path_smooth is on");
        }

        CheckObjective();
        CheckMetric();
        CheckSampling();
        CheckBoosting();
        Only(UseQuantizedGrad || NumGradQuantBins is 4, "num_grad_quant_bins", NumGradQuantBins, 4, "use_quantized_grad");
        Only(UseQuantizedGrad || !QuantTrainRenewLeaf, "quant_train_renew_leaf", "true", "false", "use_quantized_grad");
        Only(UseQuantizedGrad || StochasticRounding, "stochastic_rounding", "false", "true", "use_quantized_grad");
    }

    /// <summary>What a label must be for the objective, as the end of a sentence.</summary>
    public string LabelsAllowed => Objective switch
    {
        TrainingObjective.Binary => "0 or 1",
        TrainingObjective.Poisson => "a number from 0 to 3.4e38 for objective poisson",
        TrainingObjective.CrossEntropy => "a number from 0 to 1 for objective cross_entropy",
        TrainingObjective.Multiclass or TrainingObjective.MulticlassOva =>
            $"a whole number from 0 to {NumClass - 1}, for num_class is {NumClass}",
        _ => "a number from -3.4e38 to 3.4e38 for objective regression",
    };

    /// <summary>Whether the objective can learn from a label.</summary>
    public bool AllowsLabel(float label) => Objective switch
    {
        TrainingObjective.Binary => label is 0 or 1,
        TrainingObjective.Poisson => label >= 0 && float.IsFinite(label),
        TrainingObjective.CrossEntropy => label is >= 0 and <= 1,
        TrainingObjective.Multiclass or TrainingObjective.MulticlassOva => label >= 0 && label < NumClass && float.IsInteger(label),
        _ => float.IsFinite(label),
    };

    private bool DrawsRows => BaggingFraction < 1 || PosBaggingFraction < 1 || NegBaggingFraction < 1;

    private void CheckObjective()
    {
        if (IsMulticlass && NumClass < 2)
        {
            throw Refused("num_class", NumClass, $"at least 2 for objective {ObjectiveName}");
        }

        Only(IsMulticlass || NumClass == 1, "num_class", NumClass, 1, "objectives multiclass and multiclassova");
        var isSigmoid = Objective is TrainingObjective.Binary or TrainingObjective.MulticlassOva;
        Only(isSigmoid || Sigmoid is 1, "sigmoid", Sigmoid, 1, "objectives binary and multiclassova");
        Only(isSigmoid || !IsUnbalance, "is_unbalance", "true", "false", "objectives binary and multiclassova");
        Only(isSigmoid || ScalePosWeight is 1, "scale_pos_weight", ScalePosWeight, 1, "objectives binary and multiclassova");
        Only(Objective == TrainingObjective.Regression || !RegSqrt, "reg_sqrt", "true", "false", "objective regression");
        Only(Objective == TrainingObjective.Poisson || PoissonMaxDeltaStep is 0.7,
            "poisson_max_delta_step", PoissonMaxDeltaStep, 0.7, "objective poisson");
        Only(Objective == TrainingObjective.Binary || PosBaggingFraction is 1,
            "pos_bagging_fraction", PosBaggingFraction, 1, "objective binary");
        Only(Objective == TrainingObjective.Binary || NegBaggingFraction is 1,
            "neg_bagging_fraction", NegBaggingFraction, 1, "objective binary");
    }

    private void CheckMetric()
    {
        TrainingMetric[] fitting = Objective switch
        {
            TrainingObjective.Binary =>
                [TrainingMetric.BinaryLogLoss, TrainingMetric.Auc, TrainingMetric.CrossEntropy,
                TrainingMetric.L2, TrainingMetric.Rmse, TrainingMetric.L1],
            TrainingObjective.CrossEntropy =>
                [TrainingMetric.CrossEntropy, TrainingMetric.L2, TrainingMetric.Rmse, TrainingMetric.L1, TrainingMetric.Auc],
            TrainingObjective.Poisson => [TrainingMetric.Poisson, TrainingMetric.L2, TrainingMetric.Rmse, TrainingMetric.L1],
            TrainingObjective.Regression => [TrainingMetric.L2, TrainingMetric.Rmse, TrainingMetric.L1],
            _ => [TrainingMetric.MultiLogLoss, TrainingMetric.MultiError],
        };
        if (!fitting.Contains(WatchedMetric))
        {
            var names = string.Join(", ", fitting[..^1].Select(ChoiceNames.Metrics.Of));
            throw Refused("metric", ChoiceNames.Metrics.Of(WatchedMetric),
                $"{names} or {ChoiceNames.Metrics.Of(fitting[^1])} for objective {ObjectiveName}");
        }
    }

    private void CheckSampling()
    {
        var isGoss = DataSampleStrategy == DataSampleStrategy.Goss;
        if (DrawsRows && isGoss)
        {
            throw Refused("data_sample_strategy", "goss", "bagging when a bagging fraction is below 1: goss draws rows itself");
        }

        if (DrawsRows && BaggingFreq == 0)
        {
            throw Refused("bagging_freq", 0, "at least 1 when a bagging fraction is below 1: without it the fraction does nothing");
        }

        if (isGoss && TopRate + OtherRate > 1)
        {
            throw Refused("other_rate", OtherRate, "at most 1 less top_rate");
        }

        Only(isGoss || TopRate is 0.2, "top_rate", TopRate, 0.2, "data_sample_strategy goss");
        Only(isGoss || OtherRate is 0.1, "other_rate", OtherRate, 0.1, "data_sample_strategy goss");
    }

    private void CheckBoosting()
    {
        var isDart = Boosting == BoostingType.Dart;
        Only(isDart || DropRate is 0.1, "drop_rate", DropRate, 0.1, "boosting dart");
        Only(isDart || MaxDrop is 50, "max_drop", MaxDrop, 50, "boosting dart");
        Only(isDart || SkipDrop is 0.5, "skip_drop", SkipDrop, 0.5, "boosting dart");
        Only(isDart || !UniformDrop, "uniform_drop", "true", "false", "boosting dart");
        Only(isDart || !XgboostDartMode, "xgboost_dart_mode", "true", "false", "boosting dart");
        if (isDart && EarlyStoppingRound > 0)
        {
            throw Refused("early_stopping_round", EarlyStoppingRound,
                "0 for boosting dart: later iterations change the trees before them, so none of those is the best model to go back to");
        }

        if (Boosting != BoostingType.Rf)
        {
            return;
        }

        if (DataSampleStrategy == DataSampleStrategy.Goss)
        {
            throw Refused("data_sample_strategy", "goss",
                "bagging for boosting rf: its gradients never change, so goss would draw the same large ones for every tree");
        }

        if (!DrawsRows && FeatureFraction is 1)
        {
            throw Refused("bagging_fraction", BaggingFraction,
                "below 1, with a bagging_freq of at least 1, or feature_fraction below 1, for boosting rf: else all trees are the same");
        }
    }

    private string ObjectiveName => ChoiceNames.Objectives.Of(Objective);

    private static ArgumentException Refused(string name, IFormattable value, string allowed) =>
        Refused(name, value.ToString(null, CultureInfo.InvariantCulture), allowed);

    private static ArgumentException Refused(string name, string value, string allowed) => Allowed.Refusal(name, value, allowed);

    private static void Only(bool fits, string name, double value, double standard, string where)
    {
        if (!fits)
        {
            throw Refused(name, value, FormattableString.Invariant($"{standard}, its default, for it only has a meaning with {where}"));
        }
    }

    private static void Only(bool fits, string name, string value, string standard, string where)
    {
        if (!fits)
        {
            throw Refused(name, value, $"{standard}, its default, for it only has a meaning with {where}");
        }
    }
}
