using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>One stream job's graph as a reader sees it.</summary>
public sealed class StreamGraphTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [BrowserTheory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Given_a_job_in_the_address_When_opened_Then_its_graph_figures_and_diagnosis_are_shown_accessibly(int width, bool dark)
    {
        var reader = Reader.All.Single(r => r.Width == width && r.Dark == dark);
        await using var visit = await site.VisitAsync(reader);
        await visit.OpenAsync("/streams?job=revenue");
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Graph of revenue", Exact = true }).WaitForAsync();
        Assert.Equal(8, await visit.Page.Locator(".graph-box").CountAsync());
        Assert.Equal(9, await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Operators of revenue" }).GetByRole(AriaRole.Row).CountAsync());
        Assert.Contains("source-bound", await visit.Page.Locator(".diagnosis").InnerTextAsync(), StringComparison.Ordinal);
        await visit.ShootWholeAsync($"stream-job-{reader.Slug}-whole");
        Assert.Empty(await Accessibility.ViolationsAsync(visit.Page));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        Assert.Empty(visit.Complaints);
    }

    [BrowserFact]
    public async Task Given_the_list_of_jobs_When_one_is_chosen_Then_its_graph_follows_without_a_reload()
    {
        await using var visit = await site.VisitAsync(Reader.Desk);
        await visit.OpenAsync("/streams");
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Graph of campaign-stats" }).WaitForAsync();
        await visit.Page.EvaluateAsync("() => { window.kept = true; }");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "product-sales" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Graph of product-sales" }).WaitForAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.kept === true"));
    }
}
