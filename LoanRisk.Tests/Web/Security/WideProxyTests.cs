using LoanRisk.Web.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Security;

/// <summary>A list of proxies that believes everybody is taken, but not without a word.</summary>
[Slow]
public sealed class WideProxyTests
{
    [Theory]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("::/0", true)]
    [InlineData("127.0.0.1, 128.0.0.0/1", true)]
    [InlineData("10.0.0.0/7", true)]
    [InlineData("2000::/3", true)]
    [InlineData("2000::/15", true)]
    [InlineData("::ffff:0.0.0.0/96", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("fd00::/16", false)]
    [InlineData("::ffff:10.0.0.0/104", false)]
    [InlineData("127.0.0.1, ::1", false)]
    public async Task The_start_warns_once_of_a_network_of_nearly_everybody(string proxies, bool isWarned)
    {
        var log = new LogLines();
        await using var site = new LoanRiskSite
        {
            Settings = { [SecurityOptions.ProxiesSetting] = proxies }, Replace = services => services.AddSingleton<ILoggerProvider>(log),
        };
        site.CreateClient();

        Assert.Equal(
            isWarned ? 1 : 0,
            log.Lines.Count(
                line =>
                    line.StartsWith("LoanRisk:Proxies believes ", StringComparison.Ordinal)
                        && line.Contains("nearly everybody", StringComparison.Ordinal)));
    }
}
