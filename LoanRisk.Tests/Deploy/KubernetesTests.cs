using System.Diagnostics;
using k8s;
using k8s.Models;
using LoanRisk.Web.Settings;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// The manifests of deploy/kubernetes, read strictly into the types that Kubernetes' client makes of its OpenAPI description, and what they
/// say of each other.
/// </summary>
public sealed class KubernetesTests
{
    private const string Base = "deploy/kubernetes/base";

    private static readonly IReadOnlyList<object> Manifests =
        [.. Resources(Base).SelectMany(file => Loaded(File.ReadAllText(StructuredText.PathOf(file))))];

    private static IEnumerable<V1PodTemplateSpec> Pods =>
        Manifests.OfType<V1Deployment>().Select(d => d.Spec.Template).Concat(Manifests.OfType<V1Job>().Select(j => j.Spec.Template));

    [Fact]
    public void Every_manifest_of_the_base_is_named_and_read_whole()
    {
        var files = Directory.GetFiles(StructuredText.PathOf(Base), "*.yaml").Select(Path.GetFileName).Except(["kustomization.yaml"]);

        Assert.Equal(files.Order(), Resources(Base).Select(Path.GetFileName).Order());
        Assert.Equal(
            [
                "Deployment", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", "NetworkPolicy",
                "PodDisruptionBudget", "Service", "ServiceAccount",
            ],
            Manifests.Cast<IKubernetesObject>().Select(m => m.Kind).Order());
    }

    [Fact]
    public void A_field_that_Kubernetes_does_not_know_would_be_found() =>
        Assert.ThrowsAny<Exception>(() => Loaded(
            File.ReadAllText(StructuredText.PathOf($"{Base}/web.yaml")).Replace("replicas:", "replikas:", StringComparison.Ordinal)));

    [Fact]
    public void No_pod_runs_as_root_writes_to_its_image_or_speaks_with_Kubernetes() => Assert.All(Pods, pod =>
    {
        Assert.True(pod.Spec.SecurityContext.RunAsNonRoot);
        Assert.Equal(1654, pod.Spec.SecurityContext.RunAsUser); // the image's user
        Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.Spec.AutomountServiceAccountToken);
        var container = Assert.Single(pod.Spec.Containers);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(["/data", "/tmp"], container.VolumeMounts.Select(m => m.MountPath).Order());
        Assert.Equal(pod.Spec.Volumes.Select(v => v.Name).Order(), container.VolumeMounts.Select(m => m.Name).Order());
        Assert.All(pod.Spec.Volumes, volume => Assert.NotNull(volume.EmptyDir));
        Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
        Assert.Contains(container.EnvFrom, e => e.SecretRef?.Name == "loanrisk-database");
    });

    [Fact]
    public void Pods_run_what_the_image_has()
    {
        var known = new[] { "/app/LoanRisk.Web", "/app/LoanRisk.Training worker", "/app/LoanRisk.Training db migrate" };

        Assert.Equal(known.Order(), Pods.Select(pod => string.Join(' ', pod.Spec.Containers[0].Command)).Order());
    }

    [Fact]
    public void Services_budgets_and_scaling_mean_the_web_pods()
    {
        var web = Manifests.OfType<V1Deployment>().Single(d => d.Metadata.Name == "loanrisk-web");
        var labels = web.Spec.Template.Metadata.Labels;
        var container = web.Spec.Template.Spec.Containers[0];
        IDictionary<string, string>[] selectors =
        [
            web.Spec.Selector.MatchLabels, Manifests.OfType<V1Service>().Single().Spec.Selector,
            Manifests.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels,
        ];

        Assert.All(selectors, selector => Assert.Equal(labels.OrderBy(l => l.Key), selector.OrderBy(l => l.Key)));
        Assert.Equal(web.Metadata.Name, Manifests.OfType<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name);
        Assert.Equal(Dockerfile.Environment["PORT"], $"{container.Ports.Single().ContainerPort}");
        Assert.All([container.ReadinessProbe, container.LivenessProbe, container.StartupProbe],
            probe => Assert.Equal(container.Ports.Single().Name, probe.HttpGet.Port.Value));
        Assert.Equal(("/health/ready", "/health/live"), (container.ReadinessProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path));
        Assert.Equal(("0", "1"), (web.Spec.Strategy.RollingUpdate.MaxUnavailable.Value, web.Spec.Strategy.RollingUpdate.MaxSurge.Value));
    }

    [Fact]
    public void A_pod_is_given_longer_to_stop_than_it_takes()
    {
        var drain = int.Parse(Settings("production").Concat(Settings("base")).Single(s => s.Name == "LoanRisk__DrainSeconds").Value,
            System.Globalization.CultureInfo.InvariantCulture);

        Assert.InRange(drain, 1, 7);
        Assert.All(Manifests.OfType<V1Deployment>(), d => Assert.InRange(d.Spec.Template.Spec.TerminationGracePeriodSeconds ?? 0, 11, 60));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("production")]
    public void What_is_configured_is_a_setting(string folder)
    {
        var known = typeof(Setting).Assembly.GetTypes().SelectMany(Setting.Of)
            .Select(s => s.Name.Replace(":", "__", StringComparison.Ordinal))
            .Append("LOANRISK_JOBS");

        Assert.Empty(Settings(folder).Select(s => s.Name).Except(known));
    }

    [Fact]
    public async Task The_overlay_is_built_by_kustomize_into_manifests_that_Kubernetes_takes()
    {
        var built = await KustomizeAsync("production");
        var manifests = Loaded(built);

        Assert.Equal(Manifests.Count + 1, manifests.Count); // and the settings
        Assert.All(manifests.Cast<IKubernetesObject<V1ObjectMeta>>(), m => Assert.Equal("loanrisk", m.Metadata.NamespaceProperty));
        var settings = manifests.OfType<V1ConfigMap>().Single();
        Assert.All(manifests.OfType<V1Deployment>(), d =>
        {
            Assert.StartsWith("ghcr.io/", d.Spec.Template.Spec.Containers[0].Image, StringComparison.Ordinal);
            Assert.Contains(d.Spec.Template.Spec.Containers[0].EnvFrom, e => e.ConfigMapRef?.Name == settings.Metadata.Name);
        });
    }

    private static List<object> Loaded(string yaml) => KubernetesYaml.LoadAllFromString(yaml, strict: true);

    private static IEnumerable<string> Resources(string folder) =>
        StructuredText.Read($"{folder}/kustomization.yaml")["resources"]!.AsArray().Select(file => $"{folder}/{(string)file!}");

    private static IEnumerable<(string Name, string Value)> Settings(string folder) =>
        StructuredText.Read($"deploy/kubernetes/{folder}/kustomization.yaml")["configMapGenerator"]![0]!["literals"]!.AsArray()
            .Select(literal => ((string)literal!).Split('=', 2))
            .Select(pair => (pair[0], pair[1]));

    private static async Task<string> KustomizeAsync(string overlay)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        Assert.SkipUnless(kubectl is not null, "kubectl is not installed; it has kustomize in it.");
        string[] arguments = ["kustomize", StructuredText.PathOf($"deploy/kubernetes/{overlay}")];
        using var process = Process.Start(
            new ProcessStartInfo(kubectl, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
