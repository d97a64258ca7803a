using System.Collections.Concurrent;
using LoanRisk.Store.People;

namespace LoanRisk.Web.Access;

/// <summary>
/// Who may use which route: the one place that says so. A route that is not here may be used by nobody, and a test walks all that there
/// are.
/// </summary>
public sealed class AccessTable
{
    private const string Get = "GET", Post = "POST", Delete = "DELETE";

    private static readonly string[] Deciders = [Roles.Officer, Roles.SeniorOfficer, Roles.Manager];

    private static readonly string[] Readers = [.. Deciders, Roles.Analyst, Roles.Auditor];

    private static readonly string[] Watchers = [Roles.Admin, Roles.Auditor];

    private readonly ConcurrentDictionary<(Endpoint Endpoint, string Method), AccessLine?> _found = [];

    /// <summary>Every line.</summary>
    public static IReadOnlyList<AccessLine> Lines { get; } =
    [
        Open([Get], "/health/live", "the process answers"),
        Open([Get], "/health/ready", "it can decide"),
        Open([Get, Post], "/sign-in", "signing in"),
        Open([Get, Post], "/setup", "the first admin, by a link that the console shows"),
        Open([Post], "/theme", "light or dark"),
        Open([], "/error/{status:int}", "the page of an error"),

        People([Post], "/sign-out", Roles.All, "signing out"),
        People([Get, Post], "/account", Roles.All, "one's own account"),
        People([Get], "/", Roles.All, "the form of the default product, or where a role begins"),
        People([Post], "/", Deciders, "an application for the default product"),
        People([Get, Post], "/apply/{product}", Deciders, "the form of a product"),
        People([Get], "/decisions", Readers, "the list of decisions"),
        People([Get, Post], "/decisions/{id}", Readers, "a decision, and what other values would lead to"),
        People([Get], "/drift", Readers, "the drift of decisions"),
        People([Get], "/models", Readers, "the registered models"),
        People([Get], "/models/{id}", Readers, "a model"),
        People([Post], "/models", [Roles.Manager], "take a promotion back"),
        People([Post], "/models/{id}", [Roles.Manager], "ask the gate, promote, challenge"),
        People([Get, Post], "/admin/people", [Roles.Admin], "accounts"),
        People([Get, Post], "/admin/keys", [Roles.Admin], "keys of programs"),
        People([Get], "/admin/access", Watchers, "this table"),
        People([Get], "/admin/acts", Watchers, "who did what"),

        Both([Get], "/openapi/v1.json", Roles.All, Scopes.All, "the API's description"),
        Programs([Get, Post], "/api/predict", [Scopes.Score], "a decision on the default product"),
        Programs([Get, Post], "/api/products/{product}/predict", [Scopes.Score], "a decision"),
        Programs([Post], "/api/v1/products/{product}/predict", [Scopes.Score], "a decision"),
        Programs([Post], "/api/products/{product}/whatif", [Scopes.Score], "what would be decided"),
        Programs([Post], "/api/v1/products/{product}/whatif", [Scopes.Score], "what would be decided"),
        Programs([Post], "/api/products/{product}/recourse", [Scopes.Score], "what would help"),
        Programs([Post], "/api/v1/products/{product}/recourse", [Scopes.Score], "what would help"),
        Programs([Post], "/api/products/{product}/predict/batch", [Scopes.Batch], "many decisions"),
        Programs([Post], "/api/v1/products/{product}/predict/batch", [Scopes.Batch], "many decisions"),
        Programs([Get], "/api/v1/products", Scopes.All, "the products"),
        Programs([Get], "/api/v1/products/{product}/features", Scopes.All, "what a product asks for"),
        Programs([Get], "/api/v1/products/{product}/importance", [Scopes.Models], "what moves the scores"),
        Programs([Get], "/api/v1/products/{product}/scoring", [Scopes.Models], "how good the model is"),
        Programs([Get], "/api/v1/products/{product}/drift", [Scopes.Data, Scopes.Models], "the drift of decisions"),
        Programs([Get], "/api/v1/products/{product}/challenger", [Scopes.Models], "what the challenger answers"),
        Programs([Get], "/api/v1/products/{product}/summary-statistics", [Scopes.Data, Scopes.Models], "statistics of the data"),
        Programs([Get], "/api/v1/products/{product}/diagnostics", [Scopes.Data, Scopes.Models, Scopes.Admin], "health of model and data"),
        Programs([Post], "/api/v1/products/{product}/data", [Scopes.Data], "rows to learn from"),
        Programs([Post], "/api/v1/products/{product}/jobs", [Scopes.Models], "training"),
        Programs([Get, Delete], "/api/v1/jobs/{id}", [Scopes.Models], "a training job"),
        Programs([Get], "/api/v1/decisions/{id}", [Scopes.Score, Scopes.Batch, Scopes.Outcomes], "a stored decision"),
        Programs([Get], "/api/v1/decisions/{id}/recourse", [Scopes.Score], "what would have helped"),
        Programs([Post], "/api/v1/decisions/{id}/outcome", [Scopes.Outcomes], "what became of a loan"),
    ];

    /// <summary>Static files, which the page for signing in needs.</summary>
    public static AccessLine StaticFiles { get; } = Open([Get], "static files", "style and script");

    /// <summary>What leads nowhere, and the pages about the API: whoever is known may learn that.</summary>
    public static AccessLine Elsewhere { get; } = Both([], "/swagger, and what is not there", Roles.All, Scopes.All, "the API's pages");

    /// <summary>Who may use what a request was routed to; null when nobody may.</summary>
    public AccessLine? Find(Endpoint? endpoint, string method) =>
        endpoint is null ? Elsewhere : _found.GetOrAdd((endpoint, Plain(method)), static key => Look(key.Endpoint, key.Method));

    /// <summary>Whether this caller may use a route.</summary>
    /// <param name="caller">Who; null for nobody who is known.</param>
    /// <param name="method">The method.</param>
    /// <param name="route">The pattern, as a line has it.</param>
    public static bool May(Caller? caller, string method, string route) => caller is not null
        && Lines.Any(line => line.Route == route && line.Methods.Contains(method) && line.Admits(caller));

    /// <summary>The line of an address that names a product, as the API's document has it; null when there is none.</summary>
    internal static AccessLine? LineOf(string address, string method) => Lines.FirstOrDefault(
        line => line.Methods.Contains(method) && IsOf(line.Route.Split('/'), address.Split('/')));

    private static bool IsOf(string[] route, string[] address) => route.Length == address.Length
        && route.Zip(address).All(part => part.First == part.Second || (part.First == "{product}" && !part.Second.StartsWith('{')));

    private static AccessLine? Look(Endpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<AccessLine>() is { } own ? own
        : endpoint is not RouteEndpoint { RoutePattern.RawText: { } pattern } ? Elsewhere
        : Lines.Where(line => line.Route.Trim('/') == pattern.Trim('/')).ToList() is { Count: > 0 } lines ? OfMethod(lines, method)
        : null;

    private static AccessLine OfMethod(List<AccessLine> lines, string method) =>
        lines.Find(line => line.Methods.Count == 0 || line.Methods.Contains(method)) ?? lines[0] with
        {
            Roles = [], Scopes = [], OtherMethods = [.. lines.SelectMany(line => line.Methods).Distinct()],
        };

    private static string Plain(string method) => HttpMethods.IsHead(method) ? Get : HttpMethods.GetCanonicalizedValue(method);

    private static AccessLine Open(string[] methods, string route, string what) => new(methods, route, [], [], what) { IsOpen = true };

    private static AccessLine People(string[] methods, string route, IReadOnlyList<string> roles, string what) =>
        new(methods, route, roles, [], what);

    private static AccessLine Programs(string[] methods, string route, IReadOnlyList<string> scopes, string what) =>
        new(methods, route, [], scopes, what);

    private static AccessLine Both(
        string[] methods, string route, IReadOnlyList<string> roles, IReadOnlyList<string> scopes, string what) =>
        new(methods, route, roles, scopes, what);
}
