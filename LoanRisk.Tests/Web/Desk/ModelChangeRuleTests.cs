using System.Net;
using LoanRisk.Web.Desk;
using LoanRisk.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace LoanRisk.Tests.Web.Desk;

public sealed class ModelChangeRuleTests
{
    [Theory]
    [InlineData(null, "127.0.0.1", "localhost:5080", true)]
    [InlineData(null, "::1", "[::1]:5080", true)]
    [InlineData(null, "127.0.0.1", "models.example", false)] // a name that was made to lead to this machine
    [InlineData(null, "10.0.0.7", "localhost", false)]
    [InlineData(null, null, "localhost", false)]
    [InlineData("false", "10.0.0.7", "models.example", true)]
    [InlineData("true", "127.0.0.1", "localhost", false)]
    public void Unless_it_is_said_otherwise_only_this_machine_changes_models(string? setting, string? address, string host, bool allowed)
    {
        var context = new DefaultHttpContext { Request = { Host = new HostString(host) }, Connection = { RemoteIpAddress = address is null ? null : IPAddress.Parse(address) } };

        Assert.Equal(allowed, Rule(setting).WhyNot(context) is null);
    }

    [Fact]
    public void A_setting_that_is_neither_stops_the_start() =>
        Assert.Contains("LoanRisk:Models:ReadOnly is 'perhaps'", Assert.Throws<StartException>(() => Rule("perhaps")).Message, StringComparison.Ordinal);

    private static ModelChangeRule Rule(string? setting) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(ModelChangeRule.Setting, setting)]).Build());
}
