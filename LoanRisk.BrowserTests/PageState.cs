namespace LoanRisk.BrowserTests;

/// <summary>A page in a state a person can bring it into.</summary>
/// <param name="Name">How tests name it.</param>
/// <param name="ReachAsync">Brings a requester there.</param>
public sealed record PageState(string Name, Func<Requester, Task> ReachAsync)
{
    /// <summary>Every page of the site in every state.</summary>
    public static IReadOnlyList<PageState> All { get; } =
    [
        new("form, empty", v => v.OpenAsync("/")),
        new("form, filled by an example", v => v.OpenAsync("/?example=1")),
        new("form, refused", async v =>
        {
            await v.OpenAsync("/apply/peerloan?example=1");
            await v.Page.Locator("#annual_inc").FillAsync("plenty, as far as the applicant remembers it today");
            await v.Page.Locator("#grade").SelectOptionAsync("");
            await v.PressDecideAsync();
        }),
        new("form, all fields refused", async v =>
        {
            await v.OpenAsync("/");
            await v.PressDecideAsync();
        }),
        new("form, long names", v => v.OpenAsync("/apply/wordyloan?example=0")),
        new("form, long names, refused", async v =>
        {
            await v.OpenAsync("/apply/wordyloan");
            await v.PressDecideAsync();
        }),
        new("form, product with many levels, refused", async v =>
        {
            await v.OpenAsync("/apply/german-credit");
            await v.PressDecideAsync();
        }),
        new("form, filled by a stored row", async v =>
        {
            await v.OpenAsync("/apply/attrition");
            await v.FindRowAsync(BrowserSite.StoredClient);
        }),
        new("form, stored row not found", async v =>
        {
            await v.OpenAsync("/apply/attrition?example=1");
            await v.FindRowAsync("a corporation of a name so long that nobody would ever print it on a card");
        }),
        new("form, no model yet", v => v.OpenAsync("/apply/plannedloan")),
        new("product switch open, long names", async v =>
        {
            await v.OpenAsync("/apply/wordyloan");
            await v.Page.Locator(".product-switch summary").ClickAsync();
        }),
        new("decision, words of its own", async v =>
        {
            await v.OpenAsync("/apply/attrition?example=1");
            await v.PressDecideAsync();
        }),
        new("decision, changed from another", async v =>
        {
            await v.OpenAsync("/apply/wordyloan?example=0");
            await v.PressDecideAsync();
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Change and score again" }));
            await v.Page.Locator("#turnover").FillAsync("50");
            await v.PressDecideAsync();
        }),
        new("decision, changed into others", async v =>
        {
            await v.DecideAsync(0);
            var first = v.Page.Url;
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Change and score again" }));
            await v.PressDecideAsync();
            await v.OpenAsync(first);
        }),
        new("decision, many features", async v =>
        {
            await v.OpenAsync("/apply/home-credit?example=1");
            await v.PressDecideAsync();
        }),
        new("decision, likely on time", v => v.DecideAsync(0)),
        new("decision, likely late", v => v.DecideAsync(1)),
        new(
            "decision, declined by rules with warnings",
            v => v.DecideAsync(1, ("annual_inc", "1,200"), ("dti", "120"), ("delinq_2yrs", "30"), ("int_rate", "55"))),
        new("decision, other values tried", v => v.TryAsync(("annual_inc", "4,000"), ("int_rate", "6.5"))),
        new("decision, other values refused", v => v.TryAsync(("annual_inc", "plenty, as far as the applicant remembers it today"))),
        new("decision, numbers open", async v =>
        {
            await v.DecideAsync(1);
            foreach (var summary in await v.Page.Locator(".chart-numbers summary").AllAsync())
            {
                await summary.ClickAsync();
            }
        }),
        new("decision, long names", async v =>
        {
            await v.OpenAsync("/apply/wordyloan?example=0");
            await v.PressDecideAsync();
        }),
        new("decisions", async v =>
        {
            await v.DecideAsync(0);
            await v.OpenAsync("/decisions");
        }),
        new("decisions, nothing found", v => v.OpenAsync("/decisions?id=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")),
        new("drift", v => v.OpenAsync("/drift?product=peerloan")),
        new("drift, no window yet", v => v.OpenAsync("/drift?product=german-credit")),
        new("drift, not watched", v => v.OpenAsync("/drift?product=wordyloan")),
        new("drift, no model yet", v => v.OpenAsync("/drift?product=plannedloan")),
        new("models", v => v.OpenAsync("/models")),
        new("models, one refused", v => v.OpenAsync("/models?product=wordyloan")),
        new("models, none yet", v => v.OpenAsync("/models?product=plannedloan")),
        new("model, champion", async v =>
        {
            await v.OpenModelAsync("peerloan", "champion");
            await v.Page.Locator(".chart-numbers summary").First.ClickAsync();
        }),
        new("model, candidate", v => v.OpenModelAsync("peerloan", "candidate")),
        new("model, refused by the gate", async v =>
        {
            await v.OpenModelAsync("peerloan", "candidate");
            if (await v.Page.Locator(".checks").CountAsync() == 0) // somebody else may have asked already
            {
                await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Ask the gate" }));
                await v.Page.Locator(".checks").WaitForAsync();
            }
        }),
        new("model, challenger", async v =>
        {
            await v.OpenAsync("/apply/attrition?example=1");
            await v.PressDecideAsync();
            await v.OpenModelAsync("attrition", "challenger");
            await v.Page.Locator("#challenge .chart-numbers summary").ClickAsync();
        }),
        new("sign in, refused", async v =>
        {
            await v.Page.Context.ClearCookiesAsync();
            await v.OpenAsync("/sign-in");
            await v.Page.GetByLabel("Name").FillAsync("ada");
            await v.Page.GetByLabel("Password").FillAsync("not the password");
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }));
        }),
        new("setup, a link that is old", v => v.OpenAsync("/setup?token=old")),
        new("account", v => v.OpenAsync("/account")),
        new("people", v => v.OpenAsync("/admin/people")),
        new("people, one added", async v =>
        {
            await v.OpenAsync("/admin/people");
            await v.Page.Locator("#name").FillAsync($"somebody.with.a.long.name.{Guid.NewGuid():N}@a-long-domain.example");
            await v.Page.Locator("#add ~ form").GetByLabel("auditor").CheckAsync();
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add", Exact = true }));
        }),
        new("keys", v => v.OpenAsync("/admin/keys")),
        new("keys, one made", async v =>
        {
            await v.OpenAsync("/admin/keys");
            await v.Page.Locator("#name").FillAsync("the system of the bank that books every loan twice");
            await v.Page.GetByLabel("score").CheckAsync();
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make the key" }));
        }),
        new("keys, refused", async v =>
        {
            await v.OpenAsync("/admin/keys");
            await v.Page.Locator("#name").FillAsync("without a scope");
            await v.FollowAsync(v.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make the key" }));
        }),
        new("who may what", v => v.OpenAsync("/admin/access")),
        new("who did what", async v =>
        {
            await v.DecideAsync(0);
            await v.OpenAsync("/admin/acts");
        }),
        new("not allowed", v => v.OpenAsync("/error/403")),
        new("no such page", v => v.OpenAsync("/nowhere")),
        new("failure", v => v.OpenAsync("/error/500")),
        new("no model", v => v.OpenAsync("/error/503")),
    ];

    /// <summary>Their names, for theories.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names => All.Select(state => new TheoryDataRow<string>(state.Name));

    /// <summary>The state of that name.</summary>
    public static PageState Of(string name) => All.Single(state => state.Name == name);
}
