namespace LoanRisk.Trees.Scoring;

/// <summary>The environment variable names no kernel, or one that this machine cannot run; the message says which are allowed.</summary>
public sealed class UnusableKernelException(string problem) : Exception(problem);
