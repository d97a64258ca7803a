using System.Net;
using LoanRisk.Web.Access;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace LoanRisk.Tests.Web.Access;

/// <summary>Who may try everything without account or key: whoever sits at the machine of a site in Development.</summary>
public sealed class DemoAccessTests
{
    [Theory]
    [InlineData("Development", "127.0.0.1", "localhost:5080", true)]
    [InlineData("Development", "::1", "[::1]:5080", true)]
    [InlineData("Development", "::ffff:127.0.0.1", "127.0.0.1:5080", true)]
    [InlineData("Development", "127.0.0.1", "loans.example", false)] // a name that was made to lead to this machine
    [InlineData("Development", "10.0.0.7", "localhost", false)]
    [InlineData("Development", null, "localhost", false)]
    [InlineData("Production", "127.0.0.1", "localhost:5080", false)]
    [InlineData("Staging", "127.0.0.1", "localhost:5080", false)]
    public void Only_who_sits_at_the_machine_of_a_site_in_Development_may(string environment, string? address, string host, bool may) =>
        Assert.Equal(may, Rule(environment).IsFor(Request(address, host)));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("x-forwarded-server", "proxy")]
    [InlineData("X-Original-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "::1")]
    [InlineData("CF-Connecting-IP", "127.0.0.1")]
    [InlineData("Fly-Client-IP", "127.0.0.1")]
    [InlineData("Origin", "https://loans.example")] // a proxy that rewrites Host, and a browser that says what it was asked for
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")] // a page elsewhere, in a browser of this machine
    [InlineData("Sec-Fetch-Site", "same-site")]
    public void Whoever_comes_through_a_proxy_of_this_machine_is_not_on_it(string header, string value)
    {
        Assert.True(Rule().IsFor(Request("127.0.0.1", "localhost:5080")));

        Assert.False(Rule().IsFor(Request("127.0.0.1", "localhost:5080", (header, value))));
    }

    [Fact]
    public void The_browser_s_word_that_the_page_is_this_site_s_does_no_harm() =>
        Assert.True(Rule().IsFor(Request("127.0.0.1", "localhost:5080", ("Origin", "http://localhost:5080"))));

    [Fact]
    public void Another_user_of_the_machine_is_not_the_one_who_runs_the_site() =>
        Assert.False(Rule(sameUser: false).IsFor(Request("127.0.0.1", "localhost:5080")));

    [Fact]
    public void A_protocol_that_only_proxies_still_speak_is_not_a_browser_s()
    {
        var request = Request("127.0.0.1", "localhost:5080", protocol: "HTTP/1.0");

        Assert.False(Rule().IsFor(request));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://10.0.0.7:8080", false)]
    [InlineData("http://loans.example:8080", false)] // Kestrel takes a name for every interface
    public void Nobody_is_local_where_others_can_connect(string address, bool allowed) =>
        Assert.Equal(
            allowed, Rule(listens: ["http://127.0.0.1:5080", address]).IsFor(Request("127.0.0.1", "localhost:8080")));

    [Theory]
    [InlineData(SecurityOptions.ProxiesSetting, "10.0.0.7")]
    [InlineData("DYNO", "web.1")]
    [InlineData("RENDER", "true")]
    [InlineData("RAILWAY_ENVIRONMENT", "production")]
    [InlineData("FLY_APP_NAME", "loans")]
    public void Nobody_is_local_behind_a_proxy_or_on_a_platform(string setting, string value) =>
        Assert.False(Rule(setting: (setting, value)).IsFor(Request("127.0.0.1", "localhost:8080")));

    private static DefaultHttpContext Request(
        string? address, string host, (string Name, string Value)? header = null, string protocol = "HTTP/1.1")
    {
        var context = new DefaultHttpContext
        {
            Request = { Scheme = "http", Host = new HostString(host), Protocol = protocol },
            Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) },
        };
        if (header is { } sent)
        {
            context.Request.Headers[sent.Name] = sent.Value;
        }

        context.Features.Set(Arrival.Of(context));
        return context;
    }

    private static DemoAccess Rule(
        string environment = "Development",
        string[]? listens = null,
        (string Name, string Value)? setting = null,
        bool sameUser = true)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(setting is { } set ? [KeyValuePair.Create(set.Name, (string?)set.Value)] : [])
            .Build();
        var security = new SecurityOptions
        {
            Proxies = setting is { Name: SecurityOptions.ProxiesSetting } ? ProxyList.Parse(setting.Value.Value, null) : ProxyList.None,
        };
        return new DemoAccess(
            new HostingEnvironment { EnvironmentName = environment },
            new LocalClients(
                new OwnAddresses(new Listening(listens ?? ["http://localhost:5080"])),
                Options.Create(security),
                configuration,
                _ => sameUser));
    }

    /// <summary>A server that says where it listens.</summary>
    private sealed class Listening : IServer
    {
        public Listening(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses)
            {
                feature.Addresses.Add(address);
            }

            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
