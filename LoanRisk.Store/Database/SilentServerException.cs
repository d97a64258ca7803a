namespace LoanRisk.Store.Database;

/// <summary>A database server did not answer in time; the connection is given up and closes itself.</summary>
internal sealed class SilentServerException(TimeSpan limit) : TimeoutException($"There was no answer in {limit.TotalSeconds:F0} seconds.");
