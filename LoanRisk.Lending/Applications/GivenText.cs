namespace LoanRisk.Lending.Applications;

/// <summary>A value that is not missing, as it is read.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Text">Its text, without what nobody can see at its ends.</param>
/// <param name="Style">How it was written.</param>
internal readonly record struct GivenText(FieldValueKind Kind, string Text, InputStyle Style);
