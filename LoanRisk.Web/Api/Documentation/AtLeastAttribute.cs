namespace LoanRisk.Web.Api.Documentation;

/// <summary>The least value of a number in an answer. A whole number without this is a count, from 0.</summary>
/// <param name="least">The value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastAttribute(int least) : Attribute
{
    /// <summary>The value.</summary>
    public int Least { get; } = least;
}
