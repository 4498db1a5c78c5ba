using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>One browser and one server for a test class.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private MockServer? _mock;

    /// <summary>Where the page is served; no slash at the end.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Precondition.Skip is { } reason)
        {
            Console.WriteLine($"browser tests are skipped: {reason}");
            return;
        }
        if (Precondition.Missing is { } missing) throw new InvalidOperationException(missing);
        if (Precondition.RunningServer is null) _mock = await MockServer.StartAsync();
        Address = (Precondition.RunningServer ?? _mock!.Address).TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Precondition.Chromium, Headless = true, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_mock is not null) await _mock.DisposeAsync();
    }

    /// <summary>A fresh browser profile that shows the page like this reader; what goes wrong in it is collected.</summary>
    internal async Task<Visit> VisitAsync(Reader reader, string? address = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = reader.Width, Height = reader.Height },
            ColorScheme = reader.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await Visit.StartAsync(context, address ?? Address);
    }
}
