using LoanRisk.BrowserTests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace LoanRisk.BrowserTests;

/// <summary>One browser and one site for all tests; each test opens a window of its own with its own cookies.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Milliseconds; long, for a machine whose cores are busy elsewhere makes a page slow and not wrong.
    internal const float Patience = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private BrowserSite? _site;

    /// <summary>The site's address.</summary>
    public Uri Address => _site!.Address;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (Chromium.Absence is not null)
        {
            return;
        }

        _site = new BrowserSite([LongNames.Product], [LongNames.Untrained]);
        _site.AddDriftWindows("peerloan");
        _site.AddCandidate("peerloan");
        _site.AddChallenger("attrition");
        _site.AddStoredClient();
        _site.AddRefusedChampion("wordyloan");
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Program,
            Args =
            [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <summary>Opens a window; skips the running test where there is no browser.</summary>
    internal async Task<Requester> VisitAsync(
        Screen screen = Screen.Desktop, bool dark = false, bool script = true, BrowserSite? site = null, bool signedIn = true)
    {
        Assert.SkipWhen(Chromium.Absence is not null, Chromium.Absence ?? "");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (site ?? _site!).Address.ToString(),
            JavaScriptEnabled = script,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = screen == Screen.Phone
                ? new ViewportSize { Width = 360, Height = 740 }
                : new ViewportSize { Width = 1280, Height = 800 },
            IsMobile = screen == Screen.Phone,
        });
        context.SetDefaultTimeout(Patience);
        if (signedIn)
        {
            var (name, value) = (site ?? _site!).Cookie.Split('=', 2) is [var first, var rest] ? (first, rest) : ("", "");
            await context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = (site ?? _site!).Address.ToString() }]);
        }

        return new Requester(context, await context.NewPageAsync());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }
}

/// <summary>How large the window is.</summary>
public enum Screen
{
    /// <summary>1280 by 800.</summary>
    Desktop,

    /// <summary>360 by 740, as a phone.</summary>
    Phone,
}
