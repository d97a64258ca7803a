using System.Text.Json.Serialization;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Web.Api;

/// <summary>What would be decided about one application; nothing is stored.</summary>
internal sealed record WhatIfResponse : DecisionResponse
{
    public WhatIfResponse(Decision decision)
        : base(decision)
    {
    }

    /// <summary>Always false: the answer has no id, and nobody finds it again.</summary>
    [JsonPropertyOrder(-1)]
    public bool Stored { get; }
}
