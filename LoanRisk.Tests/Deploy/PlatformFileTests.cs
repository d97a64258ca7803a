using System.Text.Json.Nodes;
using LoanRisk.Tests.Lending.Products;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// The files that platforms read, against what their documentation allows of the fields that are used: each platform refuses, or worse
/// passes over, what it does not know.
/// </summary>
public sealed class PlatformFileTests
{
    private const string Web = "/app/LoanRisk.Web";

    private const string Worker = "/app/LoanRisk.Training worker";

    private const string Release = "/app/LoanRisk.Training db migrate";

    /// <summary>Each file with the schema of its fields, which was written from the platform's reference.</summary>
    public static TheoryData<string, string> Files => new()
    {
        { "app.json", "app-json.json" },
        { "render.yaml", "render.json" },
        { "fly.toml", "fly.json" },
        { "railway.json", "railway.json" },
        { "deploy/railway/worker.json", "railway.json" },
        { ".github/dependabot.yml", "dependabot.json" },
        { ".github/workflows/test.yml", "workflow.json" },
        { ".github/workflows/release.yml", "workflow.json" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_only_fields_and_values_that_its_platform_documents(string file, string schema)
    {
        var rules = new JsonSchema(StructuredText.Read($"LoanRisk.Tests/Deploy/Schemas/{schema}").AsObject());
        var content = StructuredText.Read(file);

        Assert.True(rules.Accepts(content), $"{file} is not as {schema} says.");
        content.AsObject()["no such field"] = "x";
        Assert.False(rules.Accepts(content));
    }

    [Fact]
    public void Render_starts_what_the_image_has_beside_one_database()
    {
        var file = StructuredText.Read("render.yaml");
        var (web, worker) = (file["services"]![0]!, file["services"]![1]!);
        var database = (string)file["databases"]![0]!["name"]!;

        Assert.Equal((Web, Release, Worker),
            ((string)web["dockerCommand"]!, (string)web["preDeployCommand"]!, (string)worker["dockerCommand"]!));
        Assert.Equal("/health/ready", (string)web["healthCheckPath"]!);
        Assert.All([web, worker], service =>
        {
            Assert.Equal("./" + Dockerfile.Path, (string)service["dockerfilePath"]!);
            Assert.Equal(database, (string)Variable(service, "DATABASE_URL")["fromDatabase"]!["name"]!);
        });
        Assert.Equal(Dockerfile.Environment["PORT"], (string)Variable(web, "PORT")["value"]!);
    }

    [Fact]
    public void Fly_starts_what_the_image_has()
    {
        var file = StructuredText.Read("fly.toml");

        Assert.Equal((Dockerfile.Path, Release), ((string)file["build"]!["dockerfile"]!, (string)file["deploy"]!["release_command"]!));
        Assert.Equal((Web, Worker), ((string)file["processes"]!["web"]!, (string)file["processes"]!["worker"]!));
        Assert.Equal((string)file["env"]!["PORT"]!, $"{(long)file["http_service"]!["internal_port"]!}");
        Assert.Equal("/health/ready", (string)file["http_service"]!["checks"]![0]!["path"]!);
    }

    [Fact]
    public void Railway_starts_what_the_image_has()
    {
        var (web, worker) = (StructuredText.Read("railway.json"), StructuredText.Read("deploy/railway/worker.json"));

        Assert.All([web, worker], file => Assert.Equal(Dockerfile.Path, (string)file["build"]!["dockerfilePath"]!));
        Assert.Equal((Web, Worker, Release), ((string)web["deploy"]!["startCommand"]!, (string)worker["deploy"]!["startCommand"]!,
            (string)web["deploy"]!["preDeployCommand"]![0]!));
        Assert.Equal("/health/ready", (string)web["deploy"]!["healthcheckPath"]!);
    }

    [Fact]
    public void Heroku_runs_the_process_types_of_the_Procfile() =>
        Assert.Empty(StructuredText.Read("app.json")["formation"]!.AsObject().Select(f => f.Key).Except(BuildpackPublish.Procfile.Keys));

    private static JsonNode Variable(JsonNode service, string key) =>
        service["envVars"]!.AsArray().Single(v => (string)v!["key"]! == key)!;
}
