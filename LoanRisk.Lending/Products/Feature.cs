namespace LoanRisk.Lending.Products;

/// <summary>How a feature's values relate to each other.</summary>
public enum FeatureKind
{
    /// <summary>A number.</summary>
    Numeric,

    /// <summary>One of two levels.</summary>
    Binary,

    /// <summary>Levels with an order; the feature row holds the level's rank.</summary>
    Ordinal,

    /// <summary>Levels without an order; the feature row holds a category code.</summary>
    Nominal,
}

/// <summary>What a number counts, which decides how it is typed and shown.</summary>
public enum Unit
{
    /// <summary>A bare number.</summary>
    None,

    /// <summary>An amount in the product's currency.</summary>
    Money,

    /// <summary>A fraction in the data, typed and shown as percent: 0.2039 is 20.39 %.</summary>
    Fraction,

    /// <summary>Percentage points in the data as on the screen: 16.7 is 16.7 %.</summary>
    Percent,

    /// <summary>Years.</summary>
    Years,

    /// <summary>A whole count.</summary>
    Count,
}

/// <summary>One input of the model.</summary>
public sealed record Feature
{
    /// <summary>Its name in JSON, in addresses and in models.</summary>
    public required string Name { get; init; }

    /// <summary>The data's column; the name where the product file does not say otherwise.</summary>
    public string Column { get => field ?? Name; init; }

    /// <summary>What a person reads.</summary>
    public required string Label { get; init; }

    /// <summary>A sentence below the field.</summary>
    public required string Help { get; init; }

    /// <summary>Id of the <see cref="FeatureGroup"/> it stands in.</summary>
    public required string Group { get; init; }

    /// <summary>How values relate to each other.</summary>
    public required FeatureKind Kind { get; init; }

    /// <summary>What the number counts.</summary>
    public Unit Unit { get; init; }

    /// <summary>Only whole numbers are allowed.</summary>
    public bool Integer { get; init; }

    /// <summary>Values that are accepted, both ends included; null for levels.</summary>
    public ValueRange? Allowed { get; init; }

    /// <summary>Values the training data held, both ends included; null for levels. Outside it a value is scored and flagged.</summary>
    public ValueRange? Seen { get; init; }

    /// <summary>The levels in their order; empty for numbers.</summary>
    public IReadOnlyList<Level> Levels { get; init; } = [];

    /// <summary>The value may be left out.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Spellings that mean missing, besides an empty one.</summary>
    public IReadOnlyList<string> MissingSpellings { get; init; } = [];

    /// <summary>A level that is not listed (or a number outside <see cref="Seen"/>) is refused instead of scored and flagged.</summary>
    public bool RefuseUnseen { get; init; }

    /// <summary>+1: risk may only rise with the value; -1: only fall; 0: free.</summary>
    public int Monotone { get; init; }

    /// <summary>What is said after the label and the value when this counts against an applicant, for example
    /// <c>the rate set for this loan raises the risk</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What is said after the label and the value when this counts in an applicant's favour.</summary>
    public string InFavour { get; init; } = "this lowers the risk";

    /// <summary>How the applicant can change it; null when that is not possible.</summary>
    public ChangeRule? Change { get; init; }

    /// <summary>It tells of something by which the law forbids to treat people unlike, such as sex, family or origin.</summary>
    public bool Protected { get; init; }

    /// <summary>How its values are made up while there is no model; null leaves everything to range or levels.</summary>
    public SyntheticFeature? Synthetic { get; init; }

    /// <summary>A typical value in the data's spelling, for messages and documentation.</summary>
    public string? Example { get; init; }

    /// <summary>True when the feature has levels.</summary>
    public bool HasLevels => Kind != FeatureKind.Numeric;

    /// <summary>
    /// The number a level has in a feature row, which is its place in <see cref="Levels"/>: the rank of an ordinal one, the
    /// category code of a nominal one; -1 when no level is spelled so.
    /// </summary>
    public int CodeOf(string text)
    {
        for (var i = 0; i < Levels.Count; i++)
        {
            if (Levels[i].IsSpelled(text))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>One level of a feature.</summary>
/// <param name="Value">The data's spelling.</param>
/// <param name="Label">What a person reads.</param>
public sealed record Level(string Value, string Label)
{
    /// <summary>Other spellings of input that mean this level; never stored.</summary>
    public IReadOnlyList<string> Spellings { get; init; } = [];

    /// <summary>True when the text is the level's value or one of its <see cref="Spellings"/>, letter for letter.</summary>
    public bool IsSpelled(string text) => Value == text || Spellings.Contains(text);
}

/// <summary>A range with both ends included.</summary>
public sealed record ValueRange(double Min, double Max)
{
    /// <summary>True from <see cref="Min"/> to <see cref="Max"/>.</summary>
    public bool Contains(double value) => value >= Min && value <= Max;
}
