namespace LoanRisk.Lending.Products;

/// <summary>What the lender does with a probability; versioned apart from the model.</summary>
public sealed record Policy
{
    /// <summary>Version of these rules.</summary>
    public required string Version { get; init; }

    /// <summary>Approve when the probability is below this.</summary>
    public required double ApproveBelow { get; init; }

    /// <summary>Decline from this probability on; between the two an officer decides.</summary>
    public required double DeclineFrom { get; init; }

    /// <summary>What contributions are measured against, in words.</summary>
    public required string Baseline { get; init; }

    /// <summary>Cost of approving a loan that turns bad.</summary>
    public required double CostOfBadApproved { get; init; }

    /// <summary>Cost of refusing a loan that would have been good.</summary>
    public required double CostOfGoodRefused { get; init; }

    /// <summary>What the outcomes are called on the screen.</summary>
    public PolicyText Words { get; init; } = PolicyText.Usual;

    /// <summary>
    /// Where a value is unlike all that the model learned from (a number outside <see cref="Feature.Seen"/>, a level that is not listed),
    /// an officer decides: what the probability alone would approve is referred.
    /// </summary>
    public bool ReferUnseen { get; init; }

    /// <summary>Rules that decline whatever the probability.</summary>
    public required IReadOnlyList<KnockOut> KnockOuts { get; init; }
}

/// <summary>When a knock-out rule holds.</summary>
public enum KnockOutTest
{
    /// <summary>The value is below the rule's.</summary>
    Below,

    /// <summary>The value is above the rule's.</summary>
    Above,

    /// <summary>The value is one of the rule's levels.</summary>
    OneOf,
}

/// <summary>A rule that declines by itself. A missing value never triggers one.</summary>
/// <param name="Id">Name of the rule.</param>
/// <param name="Feature">The feature it looks at.</param>
/// <param name="Test">How it looks.</param>
/// <param name="Value">The number of <see cref="KnockOutTest.Below"/> and <see cref="KnockOutTest.Above"/>.</param>
/// <param name="Levels">The levels of <see cref="KnockOutTest.OneOf"/>.</param>
/// <param name="Reason">What the applicant is told.</param>
public sealed record KnockOut(string Id, string Feature, KnockOutTest Test, double Value, IReadOnlyList<string> Levels, string Reason);
