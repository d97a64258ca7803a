using LoanRisk.Store.People;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Web.Access;

/// <summary>Lets nobody sign in who is disabled, by whatever way they come.</summary>
internal sealed class EnabledPeople : IUserConfirmation<Person>
{
    public Task<bool> IsConfirmedAsync(UserManager<Person> manager, Person user) => Task.FromResult(!user.IsDisabled);
}
