using System.CommandLine;
using System.Globalization;
using LoanRisk.Pipeline;
using LoanRisk.Store.People;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>keys</c>: the keys by which programs call the site's API.</summary>
internal static class KeysVerbs
{
    private const int StandardDays = 365;

    public static Command Create(ConsoleSession session) => new("keys", "The keys by which programs call the site's API.")
    {
        Make(session), List(session), Revoke(session),
    };

    private static Verb Make(ConsoleSession session)
    {
        var name = new Option<string>("--name") { Description = "Which program it is for.", HelpName = "TEXT", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = $"What it may do, with commas between: {string.Join(", ", Scopes.All)}.", HelpName = "LIST", Required = true,
        };
        var products = new Option<string?>("--products")
        {
            Description = "For which products, with commas between. Default: all.", HelpName = "LIST",
        };
        var days = new Option<int>("--days")
        {
            Description = $"How many days it holds, 0 for ever. Default: {StandardDays}.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => StandardDays,
        };
        var by = ModelsVerbs.By();
        var verb = new Verb(
            "create",
            "Make a key. The output is the key alone, this once; all else goes to the error stream.",
            "loanrisk keys create --name \"core banking\" --scopes score,batch",
            "A running site knows it within two seconds. Only a hash is kept: a key that is lost is revoked, and another one made.")
        {
            name, scopes, products, days, by,
        };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var now = session.Time.GetUtcNow();
            var wanted = new ApiKeys.WantedKey(
                parsed.GetRequiredValue(name),
                Words(parsed.GetRequiredValue(scopes)),
                parsed.GetValue(products) is { } some ? [.. Words(some).Select(id => VerbOptions.FindProduct(session, id).Id)] : null,
                parsed.GetValue(days) is > 0 and var count ? now.AddDays(count) : null);
            return Make(session, wanted, parsed.GetValue(by) ?? session.By, now);
        }));
        return verb;
    }

    private static Verb List(ConsoleSession session)
    {
        var verb = new Verb("list", "List the keys, the newest first.", "loanrisk keys list");
        verb.SetAction((_, _) => Task.Run(() => List(session, ApiKeys.Open(session.Data).All())));
        return verb;
    }

    private static Verb Revoke(ConsoleSession session)
    {
        var id = new Argument<string>("id") { Description = "The id of the key." };
        var by = ModelsVerbs.By();
        var verb = new Verb(
            "revoke",
            "Revoke a key: it is worth nothing on any node within five seconds.",
            "loanrisk keys revoke 0123456789abcdef")
        {
            id, by,
        };
        verb.SetAction((parsed, _) => Task.Run(() =>
            Revoke(session, parsed.GetRequiredValue(id), parsed.GetValue(by) ?? session.By)));
        return verb;
    }

    private static int Make(ConsoleSession session, ApiKeys.WantedKey wanted, string by, DateTimeOffset now)
    {
        if (wanted.Problem(now) is { } problem)
        {
            throw new InvalidOptionException(problem);
        }

        var (key, secret) = ApiKeys.Open(session.Data).Create(wanted, (by, now));
        Acts.Open(session.Data).Add(new Act(now, by, null, ActKind.KeyMade, $"{key.Name} ({key.Id})", string.Join(", ", key.Scopes)));
        session.Error.WriteLine(
            $"Key {key.Id} for {key.Name} may {string.Join(", ", key.Scopes)}; it {Until(key)}. It is shown now and never again:");
        session.Error.Flush();
        session.Output.WriteLine(secret.Reveal());
        return ExitCode.Fine;
    }

    private static int Revoke(ConsoleSession session, string id, string by)
    {
        var now = session.Time.GetUtcNow();
        if (!ApiKeys.Open(session.Data).Revoke(id, by, now))
        {
            throw new InvalidInputException($"There is no key {id}. See: loanrisk keys list");
        }

        Acts.Open(session.Data).Add(new Act(now, by, null, ActKind.KeyRevoked, id));
        session.Output.WriteLine($"Key {id} is revoked: within five seconds it is worth nothing anywhere.");
        return ExitCode.Fine;
    }

    private static int List(ConsoleSession session, IReadOnlyList<ApiKey> keys)
    {
        if (keys.Count == 0)
        {
            session.Output.WriteLine("There is no key yet. Make one: loanrisk keys create --name NAME --scopes score");
            return ExitCode.Fine;
        }

        var table = new Table { Border = TableBorder.None }.AddColumns("id", "name", "scopes", "products", "made", "last used", "state");
        var now = session.Time.GetUtcNow();
        foreach (var key in keys)
        {
            table.AddRow([
                .. new[]
                {
                    key.Id, key.Name, string.Join(' ', key.Scopes),
                    key.Products is null ? "all" : string.Join(' ', key.Products), Day(key.MadeAt),
                    key.LastUsedAt is { } used ? Day(used) : "never", key.WhyNot(now) ?? Until(key),
                }.Select(Markup.Escape),
            ]);
        }

        session.Write(table);
        return ExitCode.Fine;
    }

    private static string Until(ApiKey key) => key.ExpiresAt is { } expiry ? $"holds until {Day(expiry)}" : "holds for ever";

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
