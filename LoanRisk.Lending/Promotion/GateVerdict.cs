namespace LoanRisk.Lending.Promotion;

/// <summary>What the gate says of a candidate.</summary>
/// <param name="Passed">Every check passed.</param>
/// <param name="Checks">The checks, in the order a person reads them.</param>
public sealed record GateVerdict(bool Passed, IReadOnlyList<GateCheck> Checks)
{
    /// <summary>A verdict over some checks.</summary>
    public static GateVerdict Of(IReadOnlyList<GateCheck> checks) => new(checks.All(c => c.Passed), checks);

    /// <summary>The sentences of the checks that failed.</summary>
    public IEnumerable<string> Objections() => Checks.Where(c => !c.Passed).Select(c => c.Sentence);
}

/// <summary>One check of the gate.</summary>
/// <param name="Name">What is checked: <c>better</c>, <c>calibrationSlope</c>, <c>calibrationError</c>, <c>monotone</c> or <c>schema</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Sentence">The outcome for a person.</param>
/// <param name="Figures">The numbers behind it, by name.</param>
public sealed record GateCheck(string Name, bool Passed, string Sentence, IReadOnlyDictionary<string, double> Figures);
