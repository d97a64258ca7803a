using LoanRisk.Pipeline.Jobs;
using LoanRisk.Web.Jobs;

namespace LoanRisk.Tests.Web.Jobs;

public sealed class WorkerMessageTests
{
    [Fact]
    public void A_message_is_one_line_whatever_it_says_and_is_read_as_it_was_written()
    {
        var message = new WorkerMessage(JobNewsKind.Defect, "Job failed.\n   at A.B(\"x\")\r\u2028", "id", 0.25);

        var line = message.ToLine();

        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.Equal(message, WorkerMessage.Read(line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[LightGBM] [Info] Number of positive: 3")]
    [InlineData("{ braces of another program }")]
    [InlineData("""{"Kind":"Progress","Text":"x","Else":1}""")]
    [InlineData("""{"Kind":"Dinner","Text":"x"}""")]
    public void A_line_of_somebody_else_is_none(string line) => Assert.Null(WorkerMessage.Read(line));

    [Theory]
    [InlineData(137, "was ended by SIGKILL (exit code 137), which Linux sends when memory runs out")]
    [InlineData(134, "was ended by SIGABRT (exit code 134), which a program sends itself when it cannot go on")]
    [InlineData(143, "was ended by SIGTERM (exit code 143)")]
    [InlineData(159, "was ended by signal 31 (exit code 159)")]
    [InlineData(1, "ended by itself with exit code 1")]
    [InlineData(255, "ended by itself with exit code 255")]
    public void An_exit_code_is_told_in_words(int exitCode, string words) => Assert.Equal(words, WorkerEnd.Describe(exitCode));

    [Theory]
    [InlineData("/opt/loanrisk/LoanRisk.Web", "/opt/loanrisk/LoanRisk.Web", false)]
    [InlineData("/usr/bin/dotnet", "/usr/bin/dotnet", true)]
    [InlineData("/srv/tests/LoanRisk.Tests", "dotnet", true)]
    [InlineData(null, "dotnet", true)]
    public void The_program_starts_itself_again_however_it_was_started(string? executable, string file, bool isNamed)
    {
        var command = WorkerCommand.Of(executable);

        Assert.Equal((file, WorkerCommand.Verb), (command.File, command.Arguments[^1]));
        Assert.Equal(isNamed, command.Arguments[0].EndsWith("LoanRisk.Web.dll", StringComparison.Ordinal));
    }
}
