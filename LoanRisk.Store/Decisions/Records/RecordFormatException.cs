namespace LoanRisk.Store.Decisions.Records;

/// <summary>Bytes that are no record or context of this program; the message ends a sentence that names the decision.</summary>
internal sealed class RecordFormatException(string message) : Exception(message)
{
    /// <summary>They end too early.</summary>
    public static RecordFormatException CutOff => new("its record is cut off or changed");

    /// <summary>They refer to something that is not there.</summary>
    public static RecordFormatException Unknown(string what, ulong number) => new($"its record names {what} {number}, which is not there");
}
