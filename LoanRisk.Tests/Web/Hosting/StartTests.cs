using System.Net;
using System.Net.Sockets;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Hosting;

[Slow]
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public StartTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_what_it_works_with_and_its_address_last_and_answers_there()
    {
        using var site = await SiteProcess.StartAsync(_folder["data"], _products, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        using var client = new HttpClient { BaseAddress = site.Address };

        Assert.Equal($"Data in {_folder["data"]} (LOANRISK_DATA)", site.Lines[0]);
        Assert.StartsWith($"Product peerloan: model {TrainedProducts.Champion.Id[..12]}, trained 2026-11-20", site.Lines[1]);
        Assert.StartsWith("Nobody looks after people and keys yet. Who opens this within an hour does: http://127.0.0.1:", site.Lines[2]);
        Assert.Equal(4, site.Lines.Count);
        await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
    }

    [Fact]
    public async Task PORT_wins_over_other_settings_and_opens_every_interface()
    {
        using var site = await SiteProcess.StartAsync(
            _folder["data"], _products, ("ASPNETCORE_URLS", "http://127.0.0.1:1"), ("ASPNETCORE_HTTP_PORTS", "2"), ("PORT", "0"));

        Assert.StartsWith("LoanRisk listens on every interface, http://localhost:", site.Lines[^1]);
    }

    [Fact]
    public async Task A_broken_product_file_stops_the_start_with_its_place()
    {
        var file = Path.Combine(_products, "peerloan", "product.json");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file, Stop)).Replace("\"kind\": \"ordinal\"", "\"kind\": \"ordinary\"", StringComparison.Ordinal),
            Stop);

        await StopsWith("product.json, $.features[3].kind", []);
    }

    [Fact]
    public async Task A_folder_without_products_stops_the_start_with_what_a_product_is()
    {
        Directory.Delete(Path.Combine(_products, "peerloan"), recursive: true);

        await StopsWith("holds no product; a product is a folder with a product.json in it", []);
    }

    [Fact]
    public async Task A_kernel_that_is_none_stops_the_start_with_those_there_are() =>
        await StopsWith("allowed are avx2, portable, plain", [("LOANRISK_KERNEL", "neon")]);

    [Fact]
    public async Task A_way_to_score_that_is_none_stops_the_start_with_those_there_are() =>
        await StopsWith("LoanRisk:Scoring is 'neither'; allowed are both, engine and mlnet.", [("LoanRisk__Scoring", "neither")]);

    [Fact]
    public async Task A_port_in_use_stops_the_start_with_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await StopsWith($"127.0.0.1:{port}", [("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")]);
    }

    [Fact]
    public async Task A_port_that_is_no_number_stops_the_start_with_a_sentence() => await StopsWith("PORT is 'http'", [("PORT", "http")]);

    [Fact]
    public async Task Every_setting_that_cannot_be_used_is_named_at_once()
    {
        (string Name, string Value)[] wrong =
        [
            ("LoanRisk__RequestsPerMinute", "many"), ("LoanRisk__Models__ReadOnly", "true"), ("LoanRisk__Api__Operations", "false"),
            ("LoanRisk__Proxies", "proxy.example"),
            ("AllowedHosts", "http://loans.example"), ("LoanRisk__RequestsPerMinut", "10"), ("PORT", "70000"), ("LOANRISK_KERNEL", "neon"),
        ];
        string[] sentences =
        [
            "LoanRisk:RequestsPerMinute is 'many'; allowed is a whole number from 0",
            "LoanRisk:Models:ReadOnly is no setting any more; give whoever promotes models the role manager",
            "LoanRisk:Api:Operations is no setting any more; give the program a key",
            "LoanRisk:Proxies is 'proxy.example'; allowed are addresses", "AllowedHosts is 'http://loans.example'", "PORT is '70000'",
            "LOANRISK_KERNEL is 'neon'",
            "LoanRisk:RequestsPerMinut is not a setting; LoanRisk:RequestsPerMinute is probably meant",
        ];

        await StopsWith(sentences, wrong);
    }

    [Fact]
    public async Task A_log_level_that_is_none_stops_the_start_with_those_there_are() =>
        await StopsWith("Logging:LogLevel:Default is 'Loud'; allowed are Trace, Debug", [("Logging__LogLevel__Default", "Loud")]);

    [Theory]
    [InlineData("Kestrel__Endpoints__Http__Ur", "http://127.0.0.1:0", "missing the required 'Url'")]
    [InlineData("Logging__Console__LogToStandardErrorThreshold", "Loud", "'Loud' at 'LogToStandardErrorThreshold'")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:0", "No server certificate was specified")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:99999", "a port is a whole number from 0 to 65535")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "abc", "http_ports is 'abc'; allowed are whole numbers")]
    public async Task A_setting_of_the_framework_that_cannot_be_used_stops_the_start_with_a_sentence(
        string name,
        string value,
        string named) => await StopsWith(named, [(name, value)]);

    [Fact]
    public async Task A_folder_of_products_that_is_not_there_stops_the_start_with_its_name() =>
        await StopsWith("Set LOANRISK_PRODUCTS", [("LOANRISK_PRODUCTS", "/nowhere/products")]);

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_stops_the_start_with_its_name() =>
        await StopsWith("LOANRISK_DATA names /proc/nowhere, which cannot be used", [("LOANRISK_DATA", "/proc/nowhere")]);

    [Fact]
    public async Task An_address_that_is_none_stops_the_start_with_a_sentence() =>
        await StopsWith("nowhere", [("ASPNETCORE_URLS", "nowhere")]);

    [Fact]
    public async Task An_unknown_default_product_stops_the_start_with_those_there_are()
    {
        Directory.CreateDirectory(Path.Combine(_products, "carloan"));
        await File.WriteAllTextAsync(
            Path.Combine(_products, "carloan", "product.json"),
            (
                await File.ReadAllTextAsync(Path.Combine(_products, "peerloan", "product.json"), Stop)).Replace("\"id\": \"peerloan\"",
                "\"id\": \"carloan\"", StringComparison.Ordinal),
            Stop);

        await StopsWith("carloan, peerloan", [("LoanRisk__DefaultProduct", "boatloan")]);
    }

    [Fact]
    public async Task A_data_folder_in_use_stops_the_start_with_a_sentence()
    {
        using var first = await SiteProcess.StartAsync(_folder["data"], _products, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        await StopsWith("in use by another LoanRisk", [("ASPNETCORE_URLS", "http://127.0.0.1:0")]);
    }

    private Task StopsWith(string named, (string Name, string Value)[] environment) => StopsWith([named], environment);

    private async Task StopsWith(string[] named, (string Name, string Value)[] environment)
    {
        var (exitCode, output, error) = await SiteProcess.RunAsync(_folder["data"], _products, environment);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("LoanRisk cannot start: ", error);
        Assert.All(named, sentence => Assert.Contains(sentence, error, StringComparison.Ordinal));
        Assert.Empty(output);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
