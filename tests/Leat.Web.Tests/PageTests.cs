using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>Every page, in both sizes and both themes.</summary>
public sealed class PageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Paths = ["/", "/streams", "/flows", "/lake", "/sql", "/runs"];

    [BrowserTheory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Given_a_reader_When_every_page_is_opened_Then_each_fits_is_accessible_and_complains_of_nothing(int width, bool dark)
    {
        var reader = Reader.All.Single(r => r.Width == width && r.Dark == dark);
        await using var visit = await site.VisitAsync(reader);
        List<string> faults = [];
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);
            if (path == "/") await ShootDashboardAsync(visit, reader);
            else await visit.ShootAsync($"{path[1..]}-{reader.Slug}");
            if (await OverflowAsync(visit.Page) is { Length: > 0 } wide) faults.Add($"{path} is wider than the window: {wide}");
            faults.AddRange((await Accessibility.ViolationsAsync(visit.Page)).Select(violation => $"{path}: {violation}"));
        }
        Assert.Empty(faults);
        Assert.Empty(visit.Complaints);
        Assert.Empty(visit.Strangers);
    }

    /// <summary>By how much the page is wider than the window, and the elements that stick out; empty when it fits.</summary>
    private static Task<string> OverflowAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const pixels = document.documentElement.scrollWidth - window.innerWidth;
          if (pixels <= 0) return '';
          const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 0.5);
          return `${pixels} pixels by ` + out.slice(-4).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''} (${Math.round(e.getBoundingClientRect().right)}) "${(e.textContent ?? '').slice(0, 40)}"`).join(', ');
        }
        """);

    /// <summary>Bars load when in sight, and the rate needs some samples to be a line.</summary>
    private static async Task ShootDashboardAsync(Visit visit, Reader reader)
    {
        var page = visit.Page;
        foreach (var chart in await page.Locator(".bars").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await chart.Locator("canvas").WaitForAsync();
        }
        await page.EvaluateAsync("() => window.scrollTo(0, 0)");
        if (float.TryParse(Environment.GetEnvironmentVariable("LEAT_WEB_SETTLE_MS"), out var settle)) await page.WaitForTimeoutAsync(settle);
        await visit.ShootAsync($"dashboard-{reader.Slug}");
        await visit.ShootWholeAsync($"dashboard-{reader.Slug}-whole");
    }
}
