using System.Globalization;

namespace LoanRisk.Trees.Training;

/// <summary>
/// Rows to train on or to validate with: columns of doubles (NaN is missing; a categorical column holds codes), labels and optional
/// weights.
/// </summary>
public sealed class TrainingTable
{
    private readonly bool[] _categorical;

    /// <summary>Checks the shapes and keeps the arrays without copying them; they must not change while in use.</summary>
    /// <param name="featureNames">One name a column; spaces become <c>_</c> in the model, as LightGBM has it.</param>
    /// <param name="columns">One array a feature, all as long as <paramref name="labels"/>. A categorical code is truncated toward
    /// zero; negative and NaN are missing.</param>
    /// <param name="labels">Finite, one a row; what else they must be depends on the objective.</param>
    /// <param name="weights">Finite and not negative, one a row; null weighs every row 1.</param>
    /// <param name="categoricalFeatures">Indices of the categorical columns.</param>
    /// <exception cref="ArgumentException">A column, the labels or the weights differ in length or hold a value that is not
    /// allowed, or a categorical index is out of range.</exception>
    public TrainingTable(IReadOnlyList<string> featureNames, IReadOnlyList<double[]> columns,
        float[] labels, float[]? weights = null, IReadOnlyCollection<int>? categoricalFeatures = null)
    {
        FeatureNames = CheckedNames(featureNames);
        CheckShapes(featureNames, columns, labels);
        CheckLabels(labels);
        CheckWeights(weights, labels.Length);
        _categorical = Flags(categoricalFeatures ?? [], columns.Count);
        Columns = columns;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>Names of the columns, with spaces replaced by <c>_</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Values, one array a feature.</summary>
    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>One a row: 0 or 1, a number, or a class, as the objective has it.</summary>
    public float[] Labels { get; }

    /// <summary>Row weights, or null when every row weighs 1.</summary>
    public float[]? Weights { get; }

    /// <summary>
    /// LightGBM's <c>pandas_categorical</c>, to be kept with the model: the levels behind the codes of every categorical column, as
    /// JSON; null when the codes stand for themselves.
    /// </summary>
    public string? PandasCategorical { get; init; }

    /// <summary>Number of rows, at least 1.</summary>
    public int RowCount => Labels.Length;

    /// <summary>Number of columns, at least 1.</summary>
    public int FeatureCount => Columns.Count;

    /// <summary>Whether the column holds category codes.</summary>
    public bool IsCategorical(int feature) => _categorical[feature];

    // The header of the model text separates names by spaces and ends at the line.
    private static string[] CheckedNames(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new string[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            result[i] = CheckedName(names[i], i);
            if (!seen.Add(result[i]))
            {
                throw new ArgumentException(
                    $"Feature name '{result[i]}' (column {i}) stands twice; names must differ, and spaces count as _.", nameof(names));
            }
        }

        return result;
    }

    private static string CheckedName(string name, int column)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException($"Column {column} has no name.", nameof(name));
        }

        var joined = name.Replace(' ', '_');
        if (joined.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException($"The name of column {column} holds a line break, a tab or another control character; only "
                + "plain spaces are allowed.", nameof(name));
        }

        return joined;
    }

    private static void CheckShapes(IReadOnlyList<string> names, IReadOnlyList<double[]> columns, float[] labels)
    {
        if (labels.Length == 0)
        {
            throw new ArgumentException("The table has no rows; at least one is needed.", nameof(labels));
        }

        if (columns.Count == 0 || columns.Count != names.Count)
        {
            throw new ArgumentException($"The table has {columns.Count} columns and {names.Count} feature names; it needs one name "
                + "a column and at least one column.", nameof(columns));
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Length != labels.Length)
            {
                throw new ArgumentException($"Column '{names[i]}' has {columns[i].Length} values and there are {labels.Length} "
                    + "labels; they must be equal.", nameof(columns));
            }
        }
    }

    private static void CheckLabels(float[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (!float.IsFinite(labels[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The label of row {i} (counted from 0) is "
                    + $"{labels[i]}; it must be finite."), nameof(labels));
            }
        }
    }

    private static void CheckWeights(float[]? weights, int rows)
    {
        if (weights is null)
        {
            return;
        }

        if (weights.Length != rows)
        {
            throw new ArgumentException($"There are {weights.Length} weights and {rows} labels; they must be equal.", nameof(weights));
        }

        double sum = 0;
        for (var i = 0; i < rows; i++)
        {
            if (!float.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight of row {i} (counted from 0) is "
                    + $"{weights[i]}; it must be finite and not negative."), nameof(weights));
            }

            sum += weights[i];
        }

        if (sum <= 0)
        {
            throw new ArgumentException("All weights are 0; at least one must be above 0.", nameof(weights));
        }
    }

    private static bool[] Flags(IReadOnlyCollection<int> categoricalFeatures, int count)
    {
        var flags = new bool[count];
        foreach (var feature in categoricalFeatures)
        {
            if (feature < 0 || feature >= count)
            {
                throw new ArgumentException(
                    $"Categorical feature {feature} is not a column; columns are 0 to {count - 1}.", nameof(categoricalFeatures));
            }

            flags[feature] = true;
        }

        return flags;
    }
}
