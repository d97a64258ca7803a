using LoanRisk.Web.Access;
using LoanRisk.Web.Api;
using LoanRisk.Web.Api.Documentation;
using LoanRisk.Web.Bodies;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Disk;
using LoanRisk.Web.Drift;
using LoanRisk.Web.Health;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Idempotency;
using LoanRisk.Web.Jobs;
using LoanRisk.Web.Pages;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Security;
using LoanRisk.Web.Serving;
using LoanRisk.Web.Settings;
using LoanRisk.Web.Telemetry;

if (WorkerProgram.IsMeant(args))
{
    return WorkerProgram.Run(args);
}

try
{
    if (args is [HealthProbe.Argument, .. var settings])
    {
        return await HealthProbe.RunAsync(settings, Console.Error);
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddHosting();
    builder.AddWork();
    builder.AddServing();
    builder.AddStorageWarnings();
    builder.AddDecisions();
    builder.AddAccess();
    builder.AddSecurity();
    builder.AddApi();
    builder.AddIdempotency();
    builder.AddJobs();
    builder.AddDrift();
    builder.AddApiDocumentation();
    builder.AddHealth();
    builder.AddTelemetry();
    builder.Services.AddRazorPages().AddMvcOptions(mvc =>
    {
        mvc.Filters.Add<HandledMethods>();
        mvc.Filters.Add<FormCharset>();
    });

    await using var app = builder.Build();
    app.CheckSettings();
    app.OpenServing();
    app.WarnOfStorage();
    app.OpenDecisions();
    app.OpenAccess();
    app.SweepUploads();
    app.UseTraceId();
    app.UseSecurity();
    app.UseErrorPages();
    app.UseApiErrors();
    app.UseRouting();
    app.UseCallers();
    app.UseRateLimiter();
    app.UseAccess();
    app.UseReceivedBodies();
    app.UseMiddleware<LoadLimit>();
    app.UseEncodedBodies();
    app.UseIdempotency();
    app.MapStaticAssets().DisableRateLimiting().WithMetadata(AccessTable.StaticFiles);
    app.MapHealth();
    app.MapControllers();
    app.UseApiDocumentation();
    app.MapRazorPages().WithStaticAssets();
    app.ReportStart();
    await app.RunToTheEndAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Explain(e) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
