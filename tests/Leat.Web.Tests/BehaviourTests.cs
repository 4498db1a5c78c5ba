using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>What a reader does with the page, and what the page does on its own.</summary>
public sealed class BehaviourTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string FirstPaint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";

    private static readonly string[] Places = ["Dashboard", "Streams", "Flows", "Lake", "SQL", "Runs"];

    [BrowserFact]
    public async Task Given_a_cold_browser_When_the_dashboard_opens_Then_the_first_paint_comes_within_a_second()
    {
        List<double> paints = [];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await using var visit = await site.VisitAsync(Reader.Desk);
            await visit.OpenAsync("/");
            paints.Add(await visit.Page.EvaluateAsync<double>(FirstPaint));
        }
        paints.Sort();
        Console.WriteLine($"first contentful paint, median of 3: {paints[1]:F0} ms");
        Assert.InRange(paints[1], 1, 1_000);
    }

    [BrowserTheory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Given_only_a_keyboard_When_Tab_is_pressed_Then_the_skip_link_comes_first_and_every_part_is_reached_visibly(int width)
    {
        await using var visit = await site.VisitAsync(Reader.All.First(r => r.Width == width));
        await visit.OpenAsync("/");
        List<string> reached = [];
        for (var press = 0; press < 12; press++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var focused = visit.Page.Locator(":focus-visible");
            if (await focused.CountAsync() == 0) continue;
            Assert.NotEqual("none", await focused.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
            reached.Add((await focused.InnerTextAsync()).Trim());
        }
        Assert.Equal("Skip to content", reached[0]);
        Assert.Equal(Places, reached.Where(Places.Contains));
    }

    [BrowserFact]
    public async Task Given_the_navigation_When_a_part_is_chosen_Then_its_page_opens_without_a_reload_and_has_the_focus()
    {
        await using var visit = await site.VisitAsync(Reader.Phone);
        await visit.OpenAsync("/");
        await visit.Page.EvaluateAsync("() => { window.kept = true; }");
        foreach (var place in Places.Skip(1))
        {
            await visit.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = place }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 }).WaitForAsync();
        }
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.kept === true"));
        Assert.Equal("main", await visit.Page.EvaluateAsync<string>("() => document.activeElement.closest('main')?.id"));
    }

    [BrowserFact]
    public async Task Given_a_light_system_When_dark_is_chosen_Then_it_is_remembered_over_a_reload()
    {
        await using var visit = await site.VisitAsync(Reader.Desk);
        await visit.OpenAsync("/lake");
        var light = await BackgroundAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use dark colours" }).ClickAsync();
        var dark = await BackgroundAsync(visit.Page);
        await visit.OpenAsync("/lake");

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await BackgroundAsync(visit.Page));
    }

    [BrowserFact]
    public async Task Given_a_button_without_a_name_When_axe_looks_Then_it_is_found()
    {
        await using var visit = await site.VisitAsync(Reader.Desk);
        await visit.OpenAsync("/lake");
        await visit.Page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('button'))");
        Assert.Contains(await Accessibility.ViolationsAsync(visit.Page), violation => violation.StartsWith("button-name", StringComparison.Ordinal));
    }

    [MockFact]
    public async Task Given_a_running_shop_When_time_passes_Then_the_event_time_on_the_page_moves_within_two_seconds()
    {
        await using var visit = await site.VisitAsync(Reader.Desk);
        await visit.OpenAsync("/");
        var clock = visit.Page.Locator(".connection .muted");
        var before = await clock.InnerTextAsync();
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('.connection .muted').innerText !== before", before, new() { Timeout = 2_000 });
        Assert.Equal("Live", await visit.Page.Locator(".pulse").InnerTextAsync());
    }

    [MockFact]
    public async Task Given_a_statement_When_Ctrl_Enter_is_pressed_Then_rows_show_and_a_wrong_one_shows_code_and_fix()
    {
        await using var visit = await site.VisitAsync(Reader.Desk);
        await visit.OpenAsync("/sql");
        var box = visit.Page.GetByLabel("SQL statement");
        await box.FillAsync("select * from products");
        await box.PressAsync("Control+Enter");
        Assert.Equal(12, await RowsAsync(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Result" })));
        await visit.ShootAsync("sql-result");

        await box.FillAsync("select * from ordrs");
        await box.PressAsync("Control+Enter");
        var alert = visit.Page.GetByRole(AriaRole.Alert);
        await alert.WaitForAsync();
        Assert.Contains("LEAT1504", await alert.InnerTextAsync(), StringComparison.Ordinal);
        await visit.ShootAsync("sql-problem");
    }

    private static async Task<int> RowsAsync(ILocator table)
    {
        await table.Locator("tbody tr").First.WaitForAsync();
        return await table.Locator("tbody tr").CountAsync();
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
