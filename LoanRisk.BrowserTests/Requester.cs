using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>A person at a window, and what the browser complained about meanwhile.</summary>
public sealed class Requester : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    internal Requester(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // An answer with status 4xx or 5xx is reported too; which status a page has is tested elsewhere.
            if (message.Type is "error" or "warning"
                && !message.Text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) => Requests.Add(request);
    }

    /// <summary>The window.</summary>
    public IPage Page { get; }

    /// <summary>Everything that was asked for.</summary>
    public List<IRequest> Requests { get; } = [];

    /// <summary>Errors and warnings of the console: script errors, violations of the content security policy.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async Task OpenAsync(string path) => await Page.GotoAsync(path);

    /// <summary>Fills the form with an example and decides; some fields are typed anew.</summary>
    public async Task DecideAsync(int example, params (string Field, string Text)[] typed)
    {
        await OpenAsync($"/apply/peerloan?example={example}");
        foreach (var (field, text) in typed)
        {
            await Page.Locator($"#{field}").FillAsync(text);
        }

        await PressDecideAsync();
    }

    /// <summary>Decides about an example and tries other values on its decision.</summary>
    public async Task TryAsync(params (string Field, string Text)[] typed)
    {
        await DecideAsync(0);
        await Page.Locator(".what-if summary").ClickAsync();
        foreach (var (field, text) in typed)
        {
            await Page.Locator($"#{field}").FillAsync(text);
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Show what would be decided" }).ClickAsync();
        await Page.Locator(".what-if-answer table, .what-if .problem").First.WaitForAsync();
    }

    /// <summary>Opens the newest model of a product that is in a state.</summary>
    public async Task OpenModelAsync(string product, string state)
    {
        await OpenAsync($"/models?product={product}");
        var path = await Page.Locator($"tr:has(.model-state.{state}) a").First.GetAttributeAsync("href");
        await OpenAsync(path!);
    }

    /// <summary>Seeks a stored row with the form that is open.</summary>
    public async Task FindRowAsync(string id)
    {
        await Page.Locator("#find-row").FillAsync(id);
        await FollowAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Find" }));
    }

    /// <summary>Sends the form that is open.</summary>
    public Task PressDecideAsync() => FollowAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Decide" }));

    /// <summary>
    /// Clicks a link or a button that leads to another page and waits for that page. A click alone may return while the page before it
    /// still stands.
    /// </summary>
    public async Task FollowAsync(ILocator lead)
    {
        var loaded = new TaskCompletionSource();
        void Note(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Note;
        try
        {
            await lead.ClickAsync();
            await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(BrowserFixture.Patience));
        }
        finally
        {
            Page.Load -= Note;
        }
    }

    /// <summary>How far the page reaches beyond the right edge of the window, in pixels.</summary>
    public async Task<int> OverhangAsync() =>
        await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Visible words of at most thirty letters that stand on two lines without a hyphen or a slash to break at.</summary>
    public Task<string[]> BrokenWordsAsync() => Page.EvaluateAsync<string[]>("""
        () => {
          const broken = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, style, option')) continue;
            for (const match of node.data.matchAll(/[^\s\u2010-\u2015\-\/?&=.,]+/g)) {
              if (match[0].length > 30) continue;
              const range = document.createRange();
              range.setStart(node, match.index);
              range.setEnd(node, match.index + match[0].length);
              const lines = new Set([...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top)));
              if (lines.size > 1) broken.push(match[0]);
            }
          }
          return broken;
        }
        """);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
