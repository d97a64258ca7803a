using System.Collections.Immutable;

namespace LoanRisk.Trees;

/// <summary>
/// A LightGBM model: immutable, safe to share between threads. Trees are in file order; tree i belongs to class
/// i % <see cref="TreesPerIteration"/>.
/// </summary>
public sealed partial class TreeModel
{
    /// <summary>LightGBM's objective with its parameters, for example <c>binary sigmoid:1</c>; empty when the text names none.</summary>
    public required string Objective { get; init; }

    /// <summary>Feature names, in the order of a row's values.</summary>
    public required ImmutableArray<string> FeatureNames { get; init; }

    /// <summary>LightGBM's <c>feature_infos</c>, one a feature: <c>[min:max]</c>, <c>none</c>, or categories joined by colons.</summary>
    public required ImmutableArray<string> FeatureInfos { get; init; }

    /// <summary>The trees, in file order.</summary>
    public required ImmutableArray<Tree> Trees { get; init; }

    /// <summary>Classes the objective knows; 1 except for multiclass.</summary>
    public int ClassCount { get; init; } = 1;

    /// <summary>Trees grown in each iteration, one a class.</summary>
    public int TreesPerIteration { get; init; } = 1;

    /// <summary>LightGBM's <c>label_index</c>; informational.</summary>
    public int LabelIndex { get; init; }

    /// <summary>A random forest: the converted output divides the sum by the iterations used.</summary>
    public bool AverageOutput { get; init; }

    /// <summary>LightGBM's <c>monotone_constraints</c> header, one a feature, or empty.</summary>
    public ImmutableArray<int> MonotoneConstraints { get; init; } = [];

    /// <summary>The lines under <c>feature_importances:</c>, as they stood; null when they are to be counted from the trees.</summary>
    public string? FeatureImportances { get; init; }

    /// <summary>The lines between <c>parameters:</c> and <c>end of parameters</c>, as they stood; null when the text has none.</summary>
    public string? Parameters { get; init; }

    /// <summary>The lines between <c>parser:</c> and <c>end of parser</c>, as they stood; null when the text has none.</summary>
    public string? ParserSettings { get; init; }

    /// <summary>What follows <c>pandas_categorical:</c>, as it stood; null when the text has none.</summary>
    public string? PandasCategorical { get; init; }

    /// <summary>Values a row must have.</summary>
    public int FeatureCount => FeatureNames.Length;

    /// <summary>Boosting rounds in the model.</summary>
    public int IterationCount => TreesPerIteration == 0 ? 0 : Trees.Length / TreesPerIteration;
}
