namespace LoanRisk.Pipeline.Data;

/// <summary>A row that cannot be used.</summary>
/// <param name="Line">The line it starts in, counted from 1 with the header.</param>
/// <param name="Cause">What is wrong and what is allowed.</param>
public sealed record RowProblem(long Line, string Cause);
