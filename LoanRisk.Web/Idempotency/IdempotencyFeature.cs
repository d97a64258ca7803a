namespace LoanRisk.Web.Idempotency;

/// <summary>Lets a program send a request again without having it done again.</summary>
internal static class IdempotencyFeature
{
    public static void AddIdempotency(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestsUnderWay>();
        builder.Services.AddHostedService<AnswerKeeping>();
    }

    /// <summary>After routing and unpacking: what is compared is the body that the address reads.</summary>
    public static void UseIdempotency(this WebApplication app) => app.UseWhen(
        context => HttpMethods.IsPost(context.Request.Method) && IdempotencyKey.IsSent(context.Request) && IsApi(context),
        api => api.UseMiddleware<IdempotentRequests>());

    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && context.GetEndpoint() is not null;
}
