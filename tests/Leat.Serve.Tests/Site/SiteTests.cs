using System.Net;
using System.Net.Http.Headers;
using Leat.Conformance;

namespace Leat.Serve.Tests.Site;

public sealed class SiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-site-").FullName;

    public SiteTests()
    {
        File.WriteAllText(Path.Combine(_folder, "secret.txt"), "outside");
        var site = Directory.CreateDirectory(Path.Combine(_folder, "dist", "assets")).Parent!.FullName;
        File.WriteAllText(Path.Combine(site, "index.html"), "<title>page</title>");
        File.WriteAllText(Path.Combine(site, "assets", "app-3f2a.js"), "plain");
        File.WriteAllText(Path.Combine(site, "assets", "app-3f2a.js.br"), "brotli");
        File.WriteAllText(Path.Combine(site, "assets", "app-3f2a.js.gz"), "gzip");
    }

    [Fact]
    public async Task Given_a_built_front_end_Then_page_with_policy_and_its_addresses_fall_back_to_it()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/", "/streams/revenue" })
        {
            using var response = await PageAsync(server, path);
            Assert.Equal("<title>page</title>", await response.Content.ReadAsStringAsync());
            Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        }
    }

    [Theory]
    [InlineData("br, gzip", "brotli")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", "plain")]
    public async Task Given_hashed_assets_Then_cached_for_ever_and_compressed_as_the_client_takes_it(string accepts, string body)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/app-3f2a.js");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", response.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task Given_the_tag_of_a_file_When_asked_again_Then_304()
    {
        await using var server = await StartAsync();
        using var first = await PageAsync(server, "/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%2f..%2f../secret.txt")]
    public async Task Given_a_path_out_of_the_folder_Then_nothing_outside_is_served(string path)
    {
        await using var server = await StartAsync();
        var answer = await server.RawAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.Address.Port}\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("outside", answer);
        Assert.Contains("404", answer.Split('\n')[0]);
    }

    [Fact]
    public async Task Given_no_front_end_Then_the_page_names_code_and_remedy_and_the_rest_works()
    {
        await using var server = await RunningServer.StartAsync(null, o => o.SiteFolder = Path.Combine(_folder, "absent"));
        using var response = await PageAsync(server, "/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("LEAT6050", page);
        Assert.Contains("npm run build", page);
        Assert.Equal("LEAT6050", (string?)(await server.GetAsync("/")).Body["code"]);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/project")).Status);
    }

    [Fact]
    public async Task Given_an_unknown_api_address_asked_by_a_browser_Then_a_problem_and_not_the_page()
    {
        await using var server = await StartAsync();
        using var response = await PageAsync(server, "/v1/nothing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static async Task<HttpResponseMessage> PageAsync(RunningServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await server.Http.SendAsync(request);
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(null, o => o.SiteFolder = Path.Combine(_folder, "dist"));
}
