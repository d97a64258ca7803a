namespace LoanRisk.Lending.Products;

/// <summary>What the three outcomes are called on the screen; in JSON and files they keep their usual names.</summary>
public sealed record PolicyText(string Approve, string Refer, string Decline)
{
    /// <summary>The trade's words; they hold where a product file says nothing else.</summary>
    public static PolicyText Usual { get; } = new("Approve", "Refer", "Decline");
}
