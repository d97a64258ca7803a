using System.Net;
using LoanRisk.Tests.Postgres;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// What deploy/compose.yaml starts, as processes on loopback: PostgreSQL, the release step, two web nodes, a worker and nginx, with the
/// commands and the environment of the file; names of services become ports of this machine.
/// </summary>
internal sealed class Topology : IDisposable
{
    private readonly ImageFolder _image;

    private readonly Compose _compose;

    private readonly PostgresDatabase _database = PostgresDatabase.Create();

    private readonly TemporaryFolder _folder = new();

    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Command> _processes = new(StringComparer.Ordinal);

    private Topology(ImageFolder image)
    {
        _image = image;
        _compose = new Compose(new Dictionary<string, string> { ["LOANRISK_DB_PASSWORD"] = "secret" });
    }

    /// <summary>Where nginx listens.</summary>
    public Uri Address => new($"http://localhost:{_ports["nginx"]}");

    /// <summary>A key to its API.</summary>
    public string Key { get; private set; } = "";

    /// <summary>A running process of the topology, by the name of its service.</summary>
    public Command this[string service] => _processes[service];

    /// <summary>Starts all of it, in the order that the file says.</summary>
    public static async Task<Topology> StartAsync(ImageFolder image)
    {
        var topology = new Topology(image);
        await topology.RunAsync("release");
        topology.Key = await image.KeyAsync(await topology.EnvironmentAsync("release"));
        await topology.StartAsync("web-1");
        await topology.StartAsync("web-2");
        await topology.StartAsync("worker");
        topology.StartNginx();
        await topology.AnswersAsync();
        return topology;
    }

    /// <summary>The port of a service on this machine.</summary>
    public int PortOf(string service) => _ports[service];

    /// <summary>Starts a service again, or for the first time; a web node is waited for.</summary>
    public async Task StartAsync(string service)
    {
        _ports.TryAdd(service, Ports.Free());
        if (_processes.Remove(service, out var former))
        {
            former.Dispose();
        }

        _processes[service] = Command.Start(_image.As(_compose.Command(service)), _image.App, await EnvironmentAsync(service));
        if (service.StartsWith("web", StringComparison.Ordinal))
        {
            await _processes[service].ListensAsync();
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _database.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync(string service) =>
        await Command.RunAsync(_image.As(_compose.Command(service)), _image.App, await EnvironmentAsync(service));

    // The image's environment, and over it the file's; the database and the proxy are elsewhere than in the file.
    private async Task<(string Name, string Value)[]> EnvironmentAsync(string service)
    {
        var file = _compose.Environment(service).ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
        Assert.StartsWith("postgres://loanrisk:secret@postgres:5432/loanrisk?", file["DATABASE_URL"], StringComparison.Ordinal);
        var query = file["DATABASE_URL"][file["DATABASE_URL"].IndexOf('?', StringComparison.Ordinal)..];
        file["DATABASE_URL"] = _database.Url + query;
        file["LoanRisk__Proxies"] = "127.0.0.1";
        if (_ports.TryGetValue(service, out var port))
        {
            file["PORT"] = $"{port}";
        }

        return [.. (await _image.EnvironmentAsync(service)).Where(e => !file.ContainsKey(e.Name)), .. file.Select(e => (e.Key, e.Value))];
    }

    private void StartNginx()
    {
        _ports["nginx"] = Ports.Free();
        var mount = (string)_compose["nginx"]["volumes"]![0]!;
        var servers = File.ReadAllText(StructuredText.PathOf("deploy/" + mount.Split(':')[0]))
            .Replace("web-1:8080", $"127.0.0.1:{_ports["web-1"]}", StringComparison.Ordinal)
            .Replace("web-2:8080", $"127.0.0.1:{_ports["web-2"]}", StringComparison.Ordinal)
            .Replace("listen 8080;", $"listen 127.0.0.1:{_ports["nginx"]};", StringComparison.Ordinal);
        File.WriteAllText(_folder["nginx.conf"], $$"""
            daemon off;
            master_process off;
            pid {{_folder["nginx.pid"]}};
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{_folder["body"]}};
                proxy_temp_path {{_folder["proxy"]}};
                fastcgi_temp_path {{_folder["fastcgi"]}};
                uwsgi_temp_path {{_folder["uwsgi"]}};
                scgi_temp_path {{_folder["scgi"]}};
                {{servers}}
            }
            """);
        _processes["nginx"] = Command.Start(
            $"PATH=$PATH:/usr/sbin exec nginx -p {_folder.Path} -c {_folder["nginx.conf"]} -e stderr", _folder.Path);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var patience = 0; patience < 200; patience++)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // nginx does not listen yet
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("nginx does not answer:\n" + this["nginx"].Output + this["web-1"].Output);
    }
}
