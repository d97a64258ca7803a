namespace LoanRisk.Store.Decisions;

/// <summary>What a caller names a request by, so that sending it again does not do it again.</summary>
/// <param name="Client">Who asks; two clients may use the same key.</param>
/// <param name="Key">The key that it chose.</param>
public sealed record RequestKey(string Client, string Key);

/// <summary>The answer to a request with a key, as it is given again, byte for byte.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fingerprint">SHA-256 of all of the request that bears on the answer; another one under the same key is a mistake.</param>
/// <param name="GivenAt">When.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body, or null.</param>
/// <param name="Location">Where what was made is found, or null.</param>
/// <param name="Body">The body.</param>
public sealed record GivenAnswer(
    RequestKey Request, byte[] Fingerprint, DateTimeOffset GivenAt, int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>The request was answered before, by this node or another one; nothing of the save is stored.</summary>
public sealed class AnsweredBeforeException(RequestKey request) : Exception("The request with this key was answered before.")
{
    /// <summary>The request.</summary>
    public RequestKey Request { get; } = request;
}
