namespace LoanRisk.Lending.Promotion;

/// <summary>One check of the gate.</summary>
/// <param name="Name">
/// What is checked: <c>better</c>, <c>calibrationSlope</c>, <c>calibrationError</c>, <c>monotone</c> or <c>schema</c>.
/// </param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Sentence">The outcome for a person.</param>
/// <param name="Figures">The numbers behind it, by name.</param>
public sealed record GateCheck(string Name, bool Passed, string Sentence, IReadOnlyDictionary<string, double> Figures);
