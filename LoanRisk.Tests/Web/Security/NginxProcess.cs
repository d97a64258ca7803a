using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LoanRisk.Tests.Web.Security;

/// <summary>The real nginx in front of a site, on loopback, with a certificate of its own.</summary>
internal sealed class NginxProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly Process _process;

    private NginxProcess(string serverBlocks, int http, int https)
    {
        (Http, Https) = (http, https);
        Directory.CreateDirectory(_folder["logs"]);
        WriteCertificate();
        File.WriteAllText(
            _folder["nginx.conf"], Whole(serverBlocks.Replace("/etc/ssl/loans.example/", _folder.Path + "/", StringComparison.Ordinal)));
        _process = Process.Start(
            new ProcessStartInfo(
                Program!,
                ["-p", _folder.Path, "-c", _folder["nginx.conf"], "-e", _folder["logs/error.log"]]) { UseShellExecute = false,
                RedirectStandardError = true })!;
    }

    /// <summary>The port for http.</summary>
    public int Http { get; }

    /// <summary>The port for https.</summary>
    public int Https { get; }

    private static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "nginx"))
            .FirstOrDefault(File.Exists);

    /// <summary>Skips the running test where nginx is not installed; in CI that is a failure.</summary>
    public static void Require()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(Program is not null, "CI installs Debian's nginx.");
        }

        Assert.SkipUnless(Program is not null, "nginx is not installed; install Debian's nginx.");
    }

    /// <summary>
    /// Starts it with the repository's file, its ports and the site's address set to free ones, and waits until it listens.
    /// </summary>
    public static Task<NginxProcess> StartAsync(Uri site) =>
        StartAsync(site, File.ReadAllText(Path.Combine(SharedFolder.Checkout, "deploy", "nginx", "loanrisk.conf")));

    /// <summary>Starts it with these server blocks; see <see cref="StartAsync(Uri)"/>.</summary>
    public static async Task<NginxProcess> StartAsync(Uri site, string serverBlocks)
    {
        var (http, https) = (FreePort(), FreePort());
        var nginx = new NginxProcess(
            serverBlocks.Replace("listen 80;", $"listen 127.0.0.1:{http};", StringComparison.Ordinal)
                .Replace("listen 443 ", $"listen 127.0.0.1:{https} ", StringComparison.Ordinal)
                .Replace("http://127.0.0.1:5080", site.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
            http, https);
        await nginx.WaitAsync();
        return nginx;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task WaitAsync()
    {
        var patience = DateTime.UtcNow.AddMinutes(1);
        while (DateTime.UtcNow < patience && !_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Http, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        throw new InvalidOperationException("nginx did not start: " + (_process.HasExited
            ? await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
            : "it does not listen."));
    }

    // Everything it writes stays in its folder, and it stays in the foreground as this user.
    private string Whole(string serverBlocks) =>
        $$"""
        daemon off;
        master_process off;
        pid {{_folder["nginx.pid"]}};
        error_log {{_folder["logs/error.log"]}};
        events {}
        http {
            access_log off;
            client_body_temp_path {{_folder["body"]}};
            proxy_temp_path {{_folder["proxy"]}};
            fastcgi_temp_path {{_folder["fastcgi"]}};
            uwsgi_temp_path {{_folder["uwsgi"]}};
            scgi_temp_path {{_folder["scgi"]}};
            {{serverBlocks}}
        }
        """;

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest(
            "CN=loans.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(_folder["fullchain.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["privkey.pem"], key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
