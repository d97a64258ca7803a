namespace LoanRisk.Web.Settings;

/// <summary>The program cannot start; the message tells a person why and what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
