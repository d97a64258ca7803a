using LoanRisk.Store;
using LoanRisk.Store.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Store.People;

/// <summary>Accounts in a store, as site and console make them.</summary>
internal static class PeopleAccounts
{
    /// <summary>A password that withstands guessing.</summary>
    public const string Password = "vexed-lantern-orchid-27";

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Does something with accounts.</summary>
    public static Task<T> UseAsync<T>(DataFolder folder, Func<UserManager<Person>, Task<T>> use) =>
        UseServicesAsync(folder, services => use(services.GetRequiredService<UserManager<Person>>()));

    /// <summary>Does something with what Identity registers.</summary>
    public static async Task<T> UseServicesAsync<T>(DataFolder folder, Func<IServiceProvider, Task<T>> use)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(PeopleStore.Open(folder));
        PeopleStore.AddTo(services);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        await using var scope = provider.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <summary>Makes an account.</summary>
    public static Task<IdentityResult> AddAsync(DataFolder folder, string name, string password, params string[] roles) =>
        UseAsync(folder, async people =>
        {
            var person = new Person { UserName = name, AddedAt = Noon, AddedBy = "test" };
            var made = await people.CreateAsync(person, password);
            return made.Succeeded ? await people.AddToRolesAsync(person, roles) : made;
        });
}
