namespace LoanRisk.Tests.Pipeline.Ingest;

/// <summary>Stands for the end of a process in the middle of a run.</summary>
internal sealed class KilledException : Exception;
