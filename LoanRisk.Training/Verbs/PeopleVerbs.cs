using System.CommandLine;
using LoanRisk.Pipeline;
using LoanRisk.Store.People;
using LoanRisk.Training.Terminal;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Training.Verbs;

/// <summary><c>people</c>: the accounts of those who sign in to the site.</summary>
internal static class PeopleVerbs
{
    public static Command Create(ConsoleSession session) => new("people", "The accounts of those who sign in to the site.")
    {
        Add(session), List(session), Disable(session),
    };

    private static Verb Add(ConsoleSession session)
    {
        var name = new Argument<string>("name") { Description = "By which they sign in." };
        var roles = new Option<string>("--roles")
        {
            Description = $"What they are, with commas between: {string.Join(", ", Roles.All)}.", HelpName = "LIST", Required = true,
        };
        var by = ModelsVerbs.By();
        var verb = new Verb(
            "add",
            "Add somebody, or give who is there other roles and another password.",
            "loanrisk people add ada --roles officer,analyst < password.txt",
            $"The password is the first line of the standard input, or {ConsoleSession.PasswordVariable} of the environment; never an "
                + "argument, which every user of the computer can read. It has 12 characters or more, and none that others know.")
        {
            name, roles, by,
        };
        verb.SetAction((parsed, _) => AddAsync(
            session, parsed.GetRequiredValue(name), parsed.GetRequiredValue(roles), parsed.GetValue(by) ?? session.By));
        return verb;
    }

    private static Verb List(ConsoleSession session)
    {
        var verb = new Verb("list", "List those who may sign in, and those who no longer may.", "loanrisk people list");
        verb.SetAction((_, _) => Task.Run(() =>
        {
            var all = PeopleStore.Open(session.Data).All();
            foreach (var person in all)
            {
                session.Output.WriteLine($"{person.Name}: {string.Join(", ", person.Roles)}{(person.IsDisabled ? " (disabled)" : "")}");
            }

            if (all.Count == 0)
            {
                session.Output.WriteLine("There is nobody yet. Add somebody: loanrisk people add NAME --roles admin");
            }

            return ExitCode.Fine;
        }));
        return verb;
    }

    private static Verb Disable(ConsoleSession session)
    {
        var name = new Argument<string>("name") { Description = "By which they sign in." };
        var by = ModelsVerbs.By();
        var verb = new Verb(
            "disable", "Keep somebody out from now on; within five seconds they are signed out everywhere.", "loanrisk people disable ada")
        {
            name, by,
        };
        verb.SetAction((parsed, _) => UseAsync(session, async people =>
        {
            var person = await people.FindByNameAsync(parsed.GetRequiredValue(name))
                ?? throw new InvalidInputException($"There is nobody called {parsed.GetRequiredValue(name)}. See: loanrisk people list");
            person.IsDisabled = true;
            Require(await people.UpdateSecurityStampAsync(person));
            Note(session, parsed.GetValue(by) ?? session.By, ActKind.PersonChanged, person, "disabled");
            session.Output.WriteLine($"{person.UserName} may not sign in any more.");
        }));
        return verb;
    }

    private static Task<int> AddAsync(ConsoleSession session, string name, string list, string by)
    {
        var roles = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (roles.Length == 0 || roles.Except(Roles.All).Any())
        {
            throw new InvalidOptionException($"--roles takes one or more of {string.Join(", ", Roles.All)}; it was \"{list}\".");
        }

        var password = session.Password() ?? throw new InvalidOptionException(
            $"There is no password. Send it as the first line of the standard input, or set {ConsoleSession.PasswordVariable}.");
        return UseAsync(session, async people =>
        {
            var person = await people.FindByNameAsync(name);
            var isNew = person is null;
            person ??= new Person { UserName = name, AddedAt = session.Time.GetUtcNow(), AddedBy = by };
            person.IsDisabled = false;
            Require(isNew ? await people.CreateAsync(person, password) : await ReplaceAsync(people, person, password));
            Require(await people.SetLockoutEndDateAsync(person, null));
            var had = await people.GetRolesAsync(person);
            Require(await people.RemoveFromRolesAsync(person, had.Except(roles)));
            Require(await people.AddToRolesAsync(person, roles.Except(had)));
            Note(session, by, isNew ? ActKind.PersonAdded : ActKind.PersonChanged, person, string.Join(", ", roles));
            session.Output.WriteLine($"{person.UserName} may sign in: {string.Join(", ", roles)}.");
        });
    }

    private static async Task<IdentityResult> ReplaceAsync(UserManager<Person> people, Person person, string password)
    {
        foreach (var validator in people.PasswordValidators)
        {
            if (await validator.ValidateAsync(people, person, password) is { Succeeded: false } refused)
            {
                return refused;
            }
        }

        Require(await people.RemovePasswordAsync(person));
        return await people.AddPasswordAsync(person, password);
    }

    private static async Task<int> UseAsync(ConsoleSession session, Func<UserManager<Person>, Task> use)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(PeopleStore.Open(session.Data));
        PeopleStore.AddTo(services);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        try
        {
            await use(scope.ServiceProvider.GetRequiredService<UserManager<Person>>());
            return ExitCode.Fine;
        }
        catch (Exception e) when (Store.StoreException.Of(e) is { } told)
        {
            session.Error.WriteLine(told.Message);
            return ExitCode.Failed;
        }
    }

    private static void Note(ConsoleSession session, string by, ActKind kind, Person person, string reason) =>
        Acts.Open(session.Data).Add(new Act(session.Time.GetUtcNow(), by, null, kind, person.UserName!, reason));

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidInputException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
