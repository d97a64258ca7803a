using LoanRisk.Training;
using LoanRisk.Training.Terminal;

try
{
    return await LoanRiskCommand.RunAsync(args, ConsoleSession.OfProcess());
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.CalledWrongly;
}
