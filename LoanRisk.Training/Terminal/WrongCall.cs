using System.CommandLine;
using System.CommandLine.Parsing;

namespace LoanRisk.Training.Terminal;

/// <summary>What to tell a person whose command line cannot be run.</summary>
internal static class WrongCall
{
    public static IEnumerable<string> Sentences(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            var verbs = string.Join(", ", command.Subcommands.Select(c => c.Name));
            return parsed.UnmatchedTokens is [var first, ..]
                ? [$"There is no verb \"{first}\"; there is {verbs}."]
                : [$"A verb is missing: {verbs}."];
        }

        var unknown = parsed.UnmatchedTokens;
        var others = parsed.Errors.Where(
            e => !unknown.Any(token => e.Message.Contains($"'{token}'", StringComparison.Ordinal))).Select(e => Sentence(command, e));
        return
        [
            .. unknown.Where((token, i) => IsOption(token) || i == 0 || !IsOption(unknown[i - 1])).Select(token => Unknown(command, token)),
            .. others,
        ];
    }

    private static bool IsOption(string token) => token.StartsWith('-');

    // A word after an option that does not exist was meant for that option.
    private static string Unknown(Command command, string token) => IsOption(token)
        ? $"There is no option {token} here; there is "
          + $"{string.Join(", ", command.Options.Where(o => !o.Hidden && o.Name != "--help").Select(o => o.Name))}."
        : $"\"{token}\" is one word too many: {Usage(command)}";

    private static string Sentence(Command command, ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [var token] } result when Kind(result.Option.ValueType) is { } kind =>
            $"{result.Option.Name} takes {kind}; it was \"{token.Value}\".",
        OptionResult { Tokens.Count: 0, Implicit: false } result =>
            $"{result.Option.Name} takes a value: {result.Option.Name} {result.Option.HelpName}",
        ArgumentResult { Tokens.Count: 0 } => $"Something is missing: {Usage(command)}",
        _ => error.Message,
    };

    private static string Usage(Command command) =>
        string.Join(' ', ["loanrisk", .. VerbHelp.Path(command), .. command.Arguments.Select(a => a.Name.ToUpperInvariant())]);

    private static string? Kind(Type type) =>
        type == typeof(int) || type == typeof(int?) ? $"a whole number up to {int.MaxValue}, without separators"
        : type == typeof(double) || type == typeof(double?) ? "a number with a decimal point, for example 0.05"
        : null;
}
