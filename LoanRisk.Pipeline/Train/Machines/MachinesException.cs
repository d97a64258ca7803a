namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>The machines of a run cannot go on together. The message names the machine and what is the matter.</summary>
public sealed class MachinesException(string message, Exception? inner = null) : IOException(message, inner);
