namespace LoanRisk.Lending.Products;

/// <summary>
/// One loan product as its <c>product.json</c> describes it. Form, JSON contract, feature row, training columns and reasons all come from
/// here.
/// </summary>
public sealed partial record LoanProduct
{
    /// <summary>Folder name and address part, for example <c>peerloan</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person reads.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about the product.</summary>
    public required string Description { get; init; }

    /// <summary>Changes when the features change; a model package names the one it was trained with.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>ISO 4217 code of every money amount, for example <c>USD</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>SHA-256 of the product file's text, hexadecimal: <c>sha256sum product.json</c> prints the same.</summary>
    public required string FileHash { get; init; }

    /// <summary>What the model predicts.</summary>
    public required Target Target { get; init; }

    /// <summary>Headings of the form, in order.</summary>
    public required IReadOnlyList<FeatureGroup> Groups { get; init; }

    /// <summary>The features, in the order of the feature row.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>Columns kept for fairness tests; they never enter the model.</summary>
    public required IReadOnlyList<string> FairnessAttributes { get; init; }

    /// <summary>Columns that name a row; they are carried along and never enter the model.</summary>
    public IReadOnlyList<IdColumn> Ids { get; init; } = [];

    /// <summary>The column that says from when a row is; null when the data has none.</summary>
    public DateColumn? Date { get; init; }

    /// <summary>What one row of the data is, in words.</summary>
    public Subject Subject { get; init; } = Subject.Loan;

    /// <summary>Where the data comes from; null when the file does not say.</summary>
    public DataSource? Source { get; init; }

    /// <summary>What every model card of this product must say besides.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];

    /// <summary>Share of bad rows where rows are made up without a model; null when the file does not say.</summary>
    public double? SyntheticBadRate { get; init; }

    /// <summary>Applicants the form can fill in with one click.</summary>
    public required IReadOnlyList<ExampleApplicant> Examples { get; init; }

    /// <summary>Training parameters of this product under LightGBM's names, over those that hold for every product.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>What a candidate must show before it takes the champion's place.</summary>
    public PromotionRule Promotion { get; init; } = PromotionRule.Default;

    /// <summary>When its data counts as drifted.</summary>
    public DriftRule Drift { get; init; } = DriftRule.Default;

    /// <summary>Bands, knock-out rules and costs.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The feature of that name, or null.</summary>
    public Feature? Find(string name) => Features.FirstOrDefault(f => f.Name == name);

    /// <summary>Names of the features, in the order of the feature row: the columns of a training table.</summary>
    public IReadOnlyList<string> FeatureNames => [.. Features.Select(f => f.Name)];

    /// <summary>
    /// All columns of the data that the product knows, as the data spells them: ids, date, features in order, target, fairness attributes.
    /// </summary>
    public IReadOnlyList<string> DataColumns =>
    [
        .. Ids.Select(i => i.Column),
        .. Date is { } date ? [date.Column] : Array.Empty<string>(),
        .. Features.Select(f => f.Column),
        Target.Column,
        .. FairnessAttributes,
    ];

    /// <summary>The id by which a stored row can be found, or null.</summary>
    public IdColumn? Lookup => Ids.FirstOrDefault(i => i.IsLookup);

    /// <summary>Places of the features that trees split as categories: the nominal ones. Ordinal and binary features are split
    /// like numbers, for their row value is a rank.</summary>
    public IReadOnlyList<int> CategoricalFeatures =>
        [.. Features.Index().Where(f => f.Item.Kind == FeatureKind.Nominal).Select(f => f.Index)];

    /// <summary>
    /// +1, -1 or 0 for each feature, in the order of the feature row, as LightGBM's <c>monotone_constraints</c> has them.
    /// </summary>
    public IReadOnlyList<int> MonotoneDirections => [.. Features.Select(f => f.Monotone)];
}

/// <summary>The column a model learns, and what it means.</summary>
/// <param name="Column">Column of the training data.</param>
/// <param name="Bad">Label value of a bad loan; the probability is of this.</param>
/// <param name="Good">Label value of a good loan.</param>
/// <param name="Meaning">What bad means, for example <c>16 to 120 days late</c>.</param>
/// <param name="Noun">One word for a bad loan, as in "7 in 100 were late".</param>
/// <param name="Horizon">Over which time.</param>
public sealed record Target(string Column, string Bad, string Good, string Meaning, string Noun, string Horizon)
{
    // What tables write where the outcome is not known yet.
    private static readonly string[] Unknown = ["", "NA", "N/A", "#N/A", "NaN", "null", "none", "?", "-", "."];

    /// <summary>
    /// True for the bad outcome, false for the good one, null for a text that is neither. The outcome's spelling in the product file counts
    /// first; then another in capitals, and for numbers another of the same number (1.0 for 1), where that means one of the two alone.
    /// </summary>
    public bool? IsBad(string label) =>
        label == Bad ? true
        : label == Good ? false
        : (IsSame(label, Bad), IsSame(label, Good)) switch { (true, false) => true, (false, true) => false, _ => null };

    /// <summary>True for a text that gives no outcome: the row counts neither as good nor as bad.</summary>
    public bool IsOpen(string label) => IsBad(label) is null && Unknown.Contains(label, StringComparer.OrdinalIgnoreCase);

    private static bool IsSame(string label, string value) =>
        label.Equals(value, StringComparison.OrdinalIgnoreCase)
            || (DecimalNotation.TryParse(label, out var number) && DecimalNotation.TryParse(value, out var other) && number == other);
}

/// <summary>A heading of the form.</summary>
public sealed record FeatureGroup(string Id, string Label);

/// <summary>A made-up applicant: field names and values in the data's own spelling.</summary>
public sealed record ExampleApplicant(string Label, IReadOnlyDictionary<string, string> Values);
