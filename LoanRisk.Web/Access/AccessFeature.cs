using LoanRisk.Store;
using LoanRisk.Store.People;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Web.Access;

/// <summary>Registers who may do what: people, keys of programs, and the table of routes.</summary>
internal static class AccessFeature
{
    // A person who is disabled, or was signed out elsewhere, is out within these.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Session = TimeSpan.FromHours(8);

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => PeopleStore.Open(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton(provider => ApiKeys.Open(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton(provider => Acts.Open(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<History>().AddSingleton<AccessTable>().AddSingleton<DemoAccess>().AddSingleton<KeyDoor>();
        services.AddScoped<Accounts>();
        services.AddSingleton<SetupLink>().AddSingleton<KeyRing>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyRing>());
        // No scheme by default: the framework would read the cookie of every request, also of those that it opens nothing for.
        services.AddAuthentication().AddIdentityCookies(cookies =>
            cookies.ApplicationCookie!.Configure<DemoAccess>(Configure));
        services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = BetweenLooks);
        PeopleStore.AddTo(services).AddSignInManager().AddDefaultTokenProviders().AddUserConfirmation<EnabledPeople>();
        services.Configure<IdentityOptions>(identity => identity.SignIn.RequireConfirmedAccount = true);
        // A failed statement is told where the request that asked for it is.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
    }

    /// <summary>Opens people and keys now, so that what is broken stops the start and not the first request.</summary>
    public static void OpenAccess(this WebApplication app)
    {
        app.Services.GetRequiredService<PeopleStore>();
        app.Services.GetRequiredService<KeyRing>().Look();
    }

    /// <summary>Finds out who calls; after routing and before the limits.</summary>
    public static void UseCallers(this WebApplication app) => app.UseMiddleware<CallerIdentification>();

    /// <summary>Refuses whoever may not; after the limits.</summary>
    public static void UseAccess(this WebApplication app) => app.UseMiddleware<AccessGate>();

    private static void Configure(CookieAuthenticationOptions cookie, DemoAccess demo)
    {
        cookie.Cookie.Name = "loanrisk";
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Session, true);
        cookie.Events.OnValidatePrincipal = context => ValidateAsync(context, demo);
    }

    // A demo person is in no database, and exists only where everything may be tried.
    private static Task ValidateAsync(CookieValidatePrincipalContext context, DemoAccess demo)
    {
        if (!Caller.IsDemoPrincipal(context.Principal!))
        {
            return SecurityStampValidator.ValidatePrincipalAsync(context);
        }

        if (!demo.IsFor(context.HttpContext))
        {
            context.RejectPrincipal();
        }

        return Task.CompletedTask;
    }
}
