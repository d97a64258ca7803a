namespace LoanRisk.Lending.Calibration;

/// <summary>A <c>calibration.json</c> that must not be used.</summary>
/// <param name="place">The place in it, for example <c>$.points[3].probability</c>.</param>
/// <param name="problem">What is wrong and what is allowed.</param>
public sealed class CalibrationFormatException(string place, string problem) : FormatException($"calibration.json, {place}: {problem}")
{
    /// <summary>The place in the file.</summary>
    public string Place { get; } = place;
}
