namespace LoanRisk.MLNet.Reading;

/// <summary>
/// The model is none that can be told as trees over the feature row exactly. The message is one sentence or two, which name the place and
/// what is allowed.
/// </summary>
public sealed class UntellableModelException(string message) : Exception(message);
