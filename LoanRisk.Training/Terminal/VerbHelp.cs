using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LoanRisk.Training.Terminal;

/// <summary>A verb of the console with an example of its use.</summary>
internal sealed class Verb(string name, string description, string example, string? notes = null) : Command(name, description)
{
    /// <summary>A command line that works.</summary>
    public string Example { get; } = example;

    /// <summary>What options alone do not say.</summary>
    public string? Notes { get; } = notes;
}

/// <summary>Adds each verb's example to its help.</summary>
internal static class VerbHelp
{
    private const int WidestHelp = 110;

    private const string FromACheckout = "In a checkout, loanrisk stands for: dotnet run -c Release --project LoanRisk.Training --";

    public static void ShowExamples(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExample(new HelpAction { MaxWidth = Width() });
        }
    }

    /// <summary>The names from the first verb to this one.</summary>
    public static IEnumerable<string> Path(Command command) =>
        command is RootCommand ? [] : command.Parents.OfType<Command>().SelectMany(Path).Append(command.Name);

    private static int Width() => Console.IsOutputRedirected ? WidestHelp : Math.Clamp(Console.WindowWidth - 1, 40, WidestHelp);

    private sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            using var text = new StringWriter();
            parseResult.InvocationConfiguration.Output = text;
            help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            output.WriteLine(
                text.ToString().TrimEnd().Replace($"  {RootCommand.ExecutableName} ", "  loanrisk ", StringComparison.Ordinal));
            output.WriteLine();
            if (parseResult.CommandResult.Command is Verb verb)
            {
                output.WriteLine("Example:");
                output.WriteLine("  " + verb.Example);
                output.WriteLine();
                output.WriteLine(WordWrap.At(verb.Notes is null ? FromACheckout : verb.Notes + "\n\n" + FromACheckout, Width()));
            }
            else
            {
                output.WriteLine("loanrisk COMMAND --help shows a command's options and an example.\n" + FromACheckout);
            }

            return ExitCode.Fine;
        }
    }
}
