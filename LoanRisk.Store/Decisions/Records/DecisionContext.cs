using System.Security.Cryptography;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// What thousands of decisions have in common, kept once: product, policy, model, the features' names, and the phrases that their texts are
/// made of. A record needs its context to be read, and nothing else. Immutable and safe for all threads.
/// </summary>
internal sealed class DecisionContext
{
    private const byte Version = 1;

    private static readonly PhraseTable NoPhrases = new([]);

    private readonly Dictionary<string, int> _places;

    private DecisionContext(Decision shared)
    {
        Shared = shared;
        Phrases = new PhraseTable(shared.Phrases);
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < shared.Features.Count; i++)
        {
            _places.TryAdd(shared.Features[i], i);
        }
    }

    /// <summary>
    /// A decision with what is shared: product, thresholds, policy, product file, model, features, base value, scoring, phrases. It holds
    /// nothing of what one application has for itself.
    /// </summary>
    public Decision Shared { get; }

    /// <summary>The phrases, to be found in texts.</summary>
    public PhraseTable Phrases { get; }

    /// <summary>All of it as bytes, self-contained.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: the same content is kept once.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The context of a decision.</summary>
    public static DecisionContext Of(Decision decision)
    {
        var shared = WithoutItsOwn(decision);
        var content = Write(shared);
        return new DecisionContext(shared) { Content = content, Hash = SHA256.HashData(content) };
    }

    /// <summary>Reads <see cref="Content"/>.</summary>
    /// <exception cref="RecordFormatException">It is none, or of a newer program.</exception>
    public static DecisionContext Read(byte[] content)
    {
        var from = new RecordReader(content);
        var version = from.Byte();
        if (version != Version)
        {
            throw new RecordFormatException(
                $"its context has form {version}, and this program reads form {Version}: start a newer LoanRisk");
        }

        var shared = ReadShared(ref from);
        from.End();
        return new DecisionContext(shared) { Content = content, Hash = SHA256.HashData(content) };
    }

    /// <summary>True when a decision's context is this one.</summary>
    public bool IsOf(Decision decision) =>
        IsSame(Shared.Features, decision.Features)
            && IsSame(Shared.Phrases, decision.Phrases)
            && Shared.Product == decision.Product
            && HasSameBits(Shared.BaseValue, decision.BaseValue)
            && HasSameBits(Shared.Thresholds.ApproveBelow, decision.Thresholds.ApproveBelow)
            && HasSameBits(Shared.Thresholds.DeclineFrom, decision.Thresholds.DeclineFrom)
            && Shared.PolicyVersion == decision.PolicyVersion
            && Shared.PolicyHash == decision.PolicyHash
            && Shared.ProductHash == decision.ProductHash
            && Shared.Model == decision.Model
            && Shared.Scoring == decision.Scoring;

    /// <summary>The place of a feature; -1 for a name that is none.</summary>
    public int PlaceOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>The name of the feature at a place.</summary>
    /// <exception cref="RecordFormatException">There is none.</exception>
    public string NameAt(ulong place) =>
        place < (ulong)Shared.Features.Count ? Shared.Features[(int)place] : throw RecordFormatException.Unknown("feature", place);

    private static bool IsSame(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        ReferenceEquals(one, other) || one.SequenceEqual(other, StringComparer.Ordinal);

    private static bool HasSameBits(double one, double other) =>
        BitConverter.DoubleToUInt64Bits(one) == BitConverter.DoubleToUInt64Bits(other);

    private static Decision WithoutItsOwn(Decision decision) => new()
    {
        Product = decision.Product,
        Thresholds = decision.Thresholds,
        PolicyVersion = decision.PolicyVersion,
        PolicyHash = decision.PolicyHash,
        ProductHash = decision.ProductHash,
        Model = decision.Model with { TrainedAt = decision.Model.TrainedAt.ToUniversalTime() },
        Features = decision.Features,
        BaseValue = decision.BaseValue,
        Scoring = decision.Scoring,
        Phrases = decision.Phrases,
        Probability = 0,
        Outcome = default,
        RawScore = 0,
        Reasons = [],
        Favourable = [],
        Warnings = [],
        KnockOuts = [],
        Row = [],
        Values = [],
        Contributions = [],
    };

    private static byte[] Write(Decision shared)
    {
        var to = new RecordWriter();
        to.Byte(Version);
        Text(shared.Product);
        to.Double(shared.Thresholds.ApproveBelow);
        to.Double(shared.Thresholds.DeclineFrom);
        Text(shared.PolicyVersion);
        Text(shared.PolicyHash);
        Text(shared.ProductHash);
        Text(shared.Model.Id);
        Text(shared.Model.Version);
        to.Signed(shared.Model.TrainedAt.UtcTicks);
        to.Double(shared.BaseValue);
        to.Byte(RecordCodes.Of(shared.Scoring));
        Texts(shared.Features);
        Texts(shared.Phrases);
        return to.ToArray();

        void Text(string? text) => TextCode.Write(to, text, NoPhrases);

        void Texts(IReadOnlyList<string> texts)
        {
            to.Number(texts.Count);
            foreach (var text in texts)
            {
                Text(text);
            }
        }
    }

    // The order of these initializers is the order of the bytes.
    private static Decision ReadShared(ref RecordReader from) => new()
    {
        Product = Text(ref from)!,
        Thresholds = new Thresholds(from.Double(), from.Double()),
        PolicyVersion = Text(ref from)!,
        PolicyHash = Text(ref from),
        ProductHash = Text(ref from),
        Model = new ModelIdentity(Text(ref from)!, Text(ref from)!, Moment(from.Signed())),
        BaseValue = from.Double(),
        Scoring = RecordCodes.ScoringOf(from.Byte()),
        Features = Texts(ref from),
        Phrases = Texts(ref from),
        Probability = 0,
        Outcome = default,
        RawScore = 0,
        Reasons = [],
        Favourable = [],
        Warnings = [],
        KnockOuts = [],
        Row = [],
        Values = [],
        Contributions = [],
    };

    private static string? Text(ref RecordReader from) => TextCode.Read(ref from, NoPhrases);

    private static string[] Texts(ref RecordReader from)
    {
        var texts = new string[from.Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(ref from)!;
        }

        return texts;
    }

    private static DateTimeOffset Moment(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw RecordFormatException.CutOff;
}
