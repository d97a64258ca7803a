using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Http;

namespace LoanRisk.Tests.Web.Security;

[Slow]
public sealed class PeerOwnerTests
{
    public PeerOwnerTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells who holds a connection.");

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1", true)] // a client with one socket for both versions
    [InlineData("::1", true)]
    public async Task The_kernel_tells_who_holds_the_other_end(string address, bool six)
    {
        Assert.SkipUnless(!six || Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        using var client = new TcpClient(six ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        if (six)
        {
            client.Client.DualMode = true;
        }

        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var (peer, here) = ((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);
        var connection = new DefaultHttpContext().Connection;
        (
            connection.RemoteIpAddress,
            connection.RemotePort,
            connection.LocalIpAddress,
            connection.LocalPort) = (peer.Address, peer.Port, here.Address, here.Port);

        Assert.Equal(OwnUser(), PeerOwner.Of(connection));
        Assert.True(PeerOwner.IsSameUser(connection));

        connection.LocalPort = here.Port == 1 ? 2 : 1;
        Assert.Null(PeerOwner.Of(connection));
        Assert.False(PeerOwner.IsSameUser(connection));
    }

    [Fact]
    public async Task Another_user_of_the_machine_is_not_offered_to_try_the_site_whatever_he_sends()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/curl"),
            "Root, setpriv and curl are needed to ask as another user.");
        using var folder = new TemporaryFolder();
        using var site = await SiteProcess.StartAsync(
            folder["data"], TrainedProducts.WriteTo(folder["products"]), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        var page = new Uri(site.Address, "/sign-in").ToString();

        var own = await RunAsync("curl", "-s", "-H", $"Origin: {site.Address.GetLeftPart(UriPartial.Authority)}", page);
        var other = await RunAsync(
            "setpriv",
            "--reuid=65534",
            "--clear-groups",
            "curl",
            "-s",
            "-H",
            $"Origin: {site.Address.GetLeftPart(UriPartial.Authority)}",
            page);

        const string Offer = "Demo manager";
        Assert.Contains(Offer, own, StringComparison.Ordinal);
        Assert.Contains("Sign in", other, StringComparison.Ordinal);
        Assert.DoesNotContain(Offer, other, StringComparison.Ordinal);
    }

    private static uint OwnUser() =>
        uint.Parse(
            File.ReadAllLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2],
            CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
