using LoanRisk.Pipeline;
using LoanRisk.Training;
using LoanRisk.Training.Terminal;

try
{
    return await LoanRiskCommand.RunAsync(args, ConsoleSession.OfProcess());
}
catch (InvalidOptionException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.CalledWrongly;
}

/// <summary>
/// The console. Said to be internal, for ASP.NET Core would make it public, and then the site's own could not be told from it.
/// </summary>
internal partial class Program;
