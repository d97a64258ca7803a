using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>
/// Decides about applications for one product with one model; immutable and safe for all threads.
/// <para>
/// The trees add up to a raw score on the log-odds scale, and the contributions explain that raw score: base value plus
/// contributions is the raw score. Calibration then turns the raw score into a probability that agrees with observed rates. It
/// never falls as the score rises, so what raises the score never lowers the probability and the order of applicants stays; but
/// contributions are not parts of the probability and must not be added to it.
/// </para>
/// </summary>
public sealed class DecisionEngine
{
    private const int ShownId = 12;

    private readonly ModelIdentity _identity;
    private readonly IReadOnlyList<string> _features;
    private readonly IReadOnlyList<string> _phrases;
    private readonly string _policyHash;
    private readonly ScoreAgreement _agreement;

    /// <summary>Takes a product and the package that serves it.</summary>
    /// <param name="product">The product.</param>
    /// <param name="package">The model.</param>
    /// <param name="second">The package's second model; null where it has none, or where the engine scores alone.</param>
    /// <param name="mode">What the second model is for; without one the engine scores alone.</param>
    /// <exception cref="ModelPackageException">The package is of another product or schema.</exception>
    public DecisionEngine(LoanProduct product, ModelPackage package, SecondScore? second = null, ScoringMode mode = ScoringMode.Both)
    {
        PackageRules.CheckProduct(package.Manifest, product);
        Product = product;
        Package = package;
        _identity = new ModelIdentity(package.Id[..ShownId], package.Manifest.CodeVersion, package.Manifest.TrainedAt);
        Rules = new PolicyRules(product);
        _features = product.FeatureNames;
        _phrases = DecisionPhrases.Of(product);
        _policyHash = PolicyFile.HashOf(product.Policy);
        _agreement = new ScoreAgreement(_identity.Id, second, mode);
    }

    /// <summary>The same model with another policy of the product.</summary>
    public DecisionEngine With(LoanProduct product) => new(product, Package, _agreement.Second, _agreement.Mode);

    /// <summary>The product whose policy and words are used.</summary>
    public LoanProduct Product { get; }

    /// <summary>The hash of the policy that decides.</summary>
    public string PolicyHash => _policyHash;

    /// <summary>The model that scores.</summary>
    public ModelPackage Package { get; }

    /// <summary>Which models score an application.</summary>
    public ScoringMode Scoring => _agreement.Mode;

    /// <summary>The product's policy, laid out to decide.</summary>
    internal PolicyRules Rules { get; }

    /// <summary>Feature row, score, calibrated probability, reasons and policy in one step.</summary>
    /// <exception cref="ArgumentException">The application was checked against another product or schema.</exception>
    /// <exception cref="UnexplainedScoreException">Base value and contributions do not add up to the raw score.</exception>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    public Decision Decide(LoanApplication application) => Decide(application, _agreement);

    /// <summary>The same by the engine alone, for the many of which a sample goes through <see cref="Decide(LoanApplication)"/>.</summary>
    /// <exception cref="ArgumentException">The application was checked against another product or schema.</exception>
    /// <exception cref="UnexplainedScoreException">Base value and contributions do not add up to the raw score.</exception>
    public Decision DecideAlone(LoanApplication application) => Decide(application, ScoreAgreement.OfEngine);

    /// <summary>Holds the engine's score of a row against the second model's, where there is one.</summary>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    public void CheckSecond(ReadOnlySpan<double> row, double rawScore) => _agreement.Check(row, rawScore);

    private Decision Decide(LoanApplication application, ScoreAgreement agreement)
    {
        CheckProduct(application);
        double[] row = [.. application.Row];
        var score = agreement.Of(ExplainedScore.Of(Package.Trees, row), row);
        var probability = Package.Calibration.Probability(score.RawScore);
        var knockOuts = Rules.KnockOuts.IdsThatHold(row);
        var outcome = Rules.OutcomeOf(probability, knockOuts.Length > 0, application.Unseen.Count > 0);
        int[] referredFor = Rules.IsReferredForUnseen(probability, outcome) ? [.. application.Unseen] : [];
        return new Decision
        {
            Product = Product.Id,
            Probability = probability,
            Outcome = outcome,
            Thresholds = Rules.Thresholds,
            Reasons = ReasonWriter.Against(application, new ScoredRow(Rules, row, score.Contributions, referredFor, outcome)),
            Favourable = ReasonWriter.InFavour(application, score.Contributions),
            Warnings = application.Warnings,
            KnockOuts = knockOuts,
            ReferredFor = [.. referredFor.Select(place => _features[place])],
            PolicyVersion = Product.Policy.Version,
            PolicyHash = _policyHash,
            ProductHash = Product.FileHash,
            Model = _identity,
            Features = _features,
            Row = application.Row,
            Values = application.Values,
            RawScore = score.RawScore,
            BaseValue = score.BaseValue,
            Contributions = score.Contributions,
            Scoring = agreement.Mode,
            Phrases = _phrases,
        };
    }

    /// <summary>What <see cref="Decide"/> answers, without the reasons and what they cost.</summary>
    /// <exception cref="ArgumentException">The application was checked against another product or schema.</exception>
    public BareDecision Answer(LoanApplication application)
    {
        CheckProduct(application);
        double[] row = [.. application.Row];
        var probability = Package.Calibration.Probability(Package.Trees.PredictRaw(row));
        return new BareDecision(probability, Rules.OutcomeOf(probability, Rules.KnockOuts.AnyHolds(row), application.Unseen.Count > 0));
    }

    private void CheckProduct(LoanApplication application)
    {
        if (application.Product.Id != Product.Id || application.Product.SchemaVersion != Product.SchemaVersion)
        {
            throw new ArgumentException(
                $"The application is for {application.Product.Id}, schema version {application.Product.SchemaVersion}; "
                + $"this engine decides about {Product.Id}, schema version {Product.SchemaVersion}.",
                nameof(application));
        }
    }
}
