namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>A link failed.</summary>
internal sealed class LinkException(MachineLink link, Exception cause) : IOException(cause.Message, cause)
{
    /// <summary>The link.</summary>
    public MachineLink Link => link;
}
