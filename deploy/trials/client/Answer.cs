using System.Globalization;

namespace LoanRisk.TrialClient;

/// <summary>How one request ended.</summary>
internal enum AnswerKind
{
    /// <summary>A decision.</summary>
    Acknowledged,

    /// <summary>503 with Retry-After: nothing is stored.</summary>
    Refused,

    /// <summary>503 with Retry-After, which says that nobody knows whether the decision is kept.</summary>
    Unknown,

    /// <summary>No answer of the site: the connection broke, nobody listened, or the proxy says so (502, 504).</summary>
    Unanswered,

    /// <summary>Anything else, a 503 without Retry-After too.</summary>
    Wrong,
}

/// <summary>How one request ended, as a line of a file.</summary>
/// <param name="At">When it was sent, in milliseconds since 1970.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="Number">The application that was sent.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Id">The decision's id; empty without one.</param>
/// <param name="Model">The first letters of the model's id; empty without a decision.</param>
/// <param name="Probability">What was answered; 0 without a decision.</param>
internal sealed record Answer(
    long At, AnswerKind Kind, int Number, double Milliseconds, string Id = "", string Model = "", double Probability = 0)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At} {Kind} {Number} {Milliseconds:F1} {Id} {Model} {Probability:R}");

    public static Answer Parse(string line)
    {
        var parts = line.Split(' ');
        return new Answer(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            Enum.Parse<AnswerKind>(parts[1]),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            double.Parse(parts[3], CultureInfo.InvariantCulture),
            parts[4],
            parts[5],
            double.Parse(parts[6], CultureInfo.InvariantCulture));
    }
}
