namespace Leat.Web.Tests;

/// <summary>The dashboard when the server is empty, incomplete or gone.</summary>
public sealed class TroubleTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [MockFact]
    public async Task Given_nothing_has_run_When_the_dashboard_opens_Then_each_tile_says_what_to_do()
    {
        await using var mock = await MockServer.StartAsync("--empty");
        await using var visit = await site.VisitAsync(Reader.Desk, mock.Address);
        await visit.OpenAsync("/");
        var texts = await visit.Page.Locator(".empty").AllInnerTextsAsync();
        await visit.ShootAsync("dashboard-empty");

        Assert.Equal(8, texts.Count);
        Assert.All(texts, text => Assert.Contains("leat ", text, StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [MockFact]
    public async Task Given_a_view_is_missing_When_the_dashboard_opens_Then_its_tile_shows_code_and_remedy_and_the_others_work()
    {
        await using var mock = await MockServer.StartAsync("--without", "campaign_stats_10s");
        await using var visit = await site.VisitAsync(Reader.Desk, mock.Address);
        await visit.OpenAsync("/");
        var alert = visit.Page.Locator(".tile [role=alert]");
        await alert.WaitForAsync();
        await visit.ShootAsync("dashboard-missing-view");

        Assert.Equal(1, await alert.CountAsync());
        Assert.Matches("LEAT6010\\s+view 'campaign_stats_10s' is not known[\\s\\S]*Fix\\s+start the stream job", await alert.InnerTextAsync());
    }

    [MockFact]
    public async Task Given_a_live_dashboard_When_the_server_dies_and_returns_Then_old_numbers_stay_marked_stale_until_it_is_live_again()
    {
        await using var first = await MockServer.StartAsync();
        await using var visit = await site.VisitAsync(Reader.Desk, first.Address);
        await visit.OpenAsync("/");
        await visit.Page.Locator(".pulse-live").WaitForAsync();

        await first.KillAsync();
        await visit.Page.Locator(".pulse-waiting").WaitForAsync();
        await visit.Page.Locator(".tile .mark-stale").First.WaitForAsync();
        Assert.True(await visit.Page.Locator(".tile canvas").CountAsync() >= 2);
        await visit.ShootAsync("dashboard-stale");

        await using var second = await MockServer.StartAsync("--port", new Uri(first.Address).Port.ToString());
        await visit.Page.Locator(".pulse-live").WaitForAsync();
        await visit.Page.WaitForFunctionAsync("() => !document.querySelector('.mark-stale')");
    }
}
