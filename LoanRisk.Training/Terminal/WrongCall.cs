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
            return [parsed.UnmatchedTokens.Count > 0 ? $"There is no verb \"{parsed.UnmatchedTokens[0]}\"; there is {verbs}." : $"A verb is missing: {verbs}."];
        }

        return parsed.Errors.Select(Sentence);
    }

    private static string Sentence(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [var token] } result && Kind(result.Option.ValueType) is { } kind
            ? $"{result.Option.Name} takes {kind}; it was \"{token.Value}\"."
            : error.Message;

    private static string? Kind(Type type) =>
        type == typeof(int) ? $"a whole number up to {int.MaxValue}, without separators"
        : type == typeof(double) || type == typeof(double?) ? "a number with a decimal point, for example 0.05"
        : null;
}
