using System.Net;
using System.Text;
using Leat.Serve.Guards;

namespace Leat.Serve.Tests.Guards;

public sealed class LoopbackGuardTests
{
    [Theory]
    [InlineData("localhost:4310", 4310, true)]
    [InlineData("LOCALHOST:4310", 4310, true)]
    [InlineData("127.0.0.1:4310", 4310, true)]
    [InlineData("[::1]:4310", 4310, true)]
    [InlineData("localhost", 80, true)]
    [InlineData("localhost", 4310, false)]
    [InlineData("localhost:4311", 4310, false)]
    [InlineData("localhost.evil.example:4310", 4310, false)]
    [InlineData("127.0.0.1.evil.example:4310", 4310, false)]
    [InlineData("127.0.0.1:4310.evil.example", 4310, false)]
    [InlineData("evil.example:4310", 4310, false)]
    [InlineData("localhost:+4310", 4310, false)]
    [InlineData("", 4310, false)]
    public void Given_a_Host_header_Then_only_this_machine_and_port_pass(string host, int port, bool own) => Assert.Equal(own, LoopbackGuard.IsOwn(host, port));

    [Fact]
    public async Task Given_a_rebound_name_in_Host_When_getting_Then_403_LEAT6010()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.RawAsync($"GET /v1/project HTTP/1.1\r\nHost: evil.example:{server.Address.Port}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403", answer);
        Assert.Contains("LEAT6010", answer);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://127.0.0.1:PORT", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData("http://127.0.0.1:PORT", 200)]
    [InlineData("http://localhost:PORT", 200)]
    public async Task Given_an_Origin_When_getting_Then_only_the_servers_own_passes(string origin, int status)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/project");
        request.Headers.TryAddWithoutValidation("Origin", origin.Replace("PORT", $"{server.Address.Port}"));
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403) Assert.Contains("LEAT6011", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task Given_a_body_that_is_not_declared_JSON_When_posting_Then_415_LEAT6012(string? type)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"sql\":\"select 1\"}"));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.Http.PostAsync("/v1/sql", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("LEAT6012", await response.Content.ReadAsStringAsync());
    }
}
