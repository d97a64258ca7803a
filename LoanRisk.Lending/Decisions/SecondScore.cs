namespace LoanRisk.Lending.Decisions;

/// <summary>
/// The raw score of a feature row by another program that holds the same trees, in single precision. Safe for all threads.
/// </summary>
/// <param name="row">The feature row, one value a feature; NaN is missing.</param>
public delegate float SecondScore(ReadOnlySpan<double> row);
