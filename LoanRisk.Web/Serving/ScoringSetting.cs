using LoanRisk.Lending.Decisions;

namespace LoanRisk.Web.Serving;

/// <summary>Which models the site scores with, where a package has both.</summary>
public sealed record ScoringSetting(ScoringMode Mode);
