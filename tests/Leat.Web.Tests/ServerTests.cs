using Leat.Serve;
using Leat.Streams.Views;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Web.Tests;

/// <summary>The page on Leat's own server: what the mock says of the contract must hold there too.</summary>
public sealed class ServerTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [MockFact]
    public async Task Given_Leats_server_When_the_dashboard_opens_Then_its_rows_are_shown_and_a_pushed_row_changes_them()
    {
        var view = new MinuteView();
        await using var rooms = new ServiceCollection().AddSingleton<IViewStore>(view).BuildServiceProvider();
        await using var server = await LeatServer.StartAsync(rooms, new ServerOptions { Port = 0, SiteFolder = Path.Combine(Repository.Web, "dist") }, CancellationToken.None);
        await using var visit = await site.VisitAsync(Reader.Desk, server.Address.ToString().TrimEnd('/'));
        await visit.OpenAsync("/");
        var figures = visit.Page.Locator(".figure");
        Assert.StartsWith("Revenue, 6 h\n£139.13\n", Plain(await figures.First.InnerTextAsync()), StringComparison.Ordinal);

        view.Push(1, 22.500m, 2);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.figure').innerText.includes('£161.63')", null, new() { Timeout = 2_000 });
        view.Push(1, 30.000m, 3);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.figure').innerText.includes('£169.13')", null, new() { Timeout = 2_000 });

        Assert.Contains("event time 1 Dec 2010 08:27:00 UTC", await visit.Page.Locator(".connection").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("LEAT6030", await visit.Page.Locator(".tile [role=alert]").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
        await visit.ShootAsync("dashboard-own-server");
    }

    [MockFact]
    public async Task Given_Leats_server_When_its_addresses_are_opened_directly_Then_each_is_the_page()
    {
        await using var rooms = new ServiceCollection().BuildServiceProvider();
        await using var server = await LeatServer.StartAsync(rooms, new ServerOptions { Port = 0, SiteFolder = Path.Combine(Repository.Web, "dist") }, CancellationToken.None);
        await using var visit = await site.VisitAsync(Reader.Desk, server.Address.ToString().TrimEnd('/'));
        foreach (var (path, expected) in ((string, string)[])[("/streams", "No stream job runs"), ("/runs", "Nothing has run yet"), ("/lake", "The lake is empty")])
            await ExpectAsync(visit, path, expected);
    }

    private static async Task ExpectAsync(Visit visit, string path, string expected)
    {
        await visit.OpenAsync(path);
        Assert.Contains(expected, await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static string Plain(string text) => text.Replace("\n\n", "\n", StringComparison.Ordinal);
}
