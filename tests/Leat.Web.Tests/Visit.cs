using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>One reader's tab: the page, and whatever it complained about or asked from elsewhere.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page, string address)
    {
        _context = context;
        Page = page;
        Address = address;
    }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>Console errors and uncaught exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Requests to any other server.</summary>
    public List<string> Strangers { get; } = [];

    public static async Task<Visit> StartAsync(IBrowserContext context, string address)
    {
        var visit = new Visit(context, await context.NewPageAsync(), address);
        visit.Page.Console += (_, message) => visit.Note(message);
        visit.Page.PageError += (_, error) => visit.Complaints.Add(error);
        visit.Page.Request += (_, request) => visit.CheckOrigin(request.Url);
        return visit;
    }

    /// <summary>Opens a path and waits until its data is drawn.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(Address + path, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Page.Locator("h1").WaitForAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('.skeleton, .skeleton-text, .chart-wait, .page-wait')", null, new PageWaitForFunctionOptions { Timeout = 10_000 });
    }

    /// <summary>Writes screenshots/NAME.png of what the window shows.</summary>
    public Task ShootAsync(string name)
    {
        Directory.CreateDirectory(Repository.Screenshots);
        return Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screenshots, name + ".png") });
    }

    /// <summary>Writes screenshots/NAME.png of the whole page, without the bar that stays at the bottom of a phone's window.</summary>
    public async Task ShootWholeAsync(string name)
    {
        const string Show = "shown => { if (innerWidth <= 760) document.querySelector('.places').style.display = shown ? '' : 'none'; }";
        await Page.EvaluateAsync(Show, false);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = true });
        await Page.EvaluateAsync(Show, true);
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    private void Note(IConsoleMessage message)
    {
        if (message.Type == "error") Complaints.Add(message.Text);
    }

    private void CheckOrigin(string url)
    {
        if (!url.StartsWith(Address + "/", StringComparison.Ordinal)) Strangers.Add(url);
    }
}
