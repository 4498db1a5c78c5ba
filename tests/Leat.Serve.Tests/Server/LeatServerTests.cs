using System.Net;
using System.Net.Sockets;
using Leat.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Server;

public sealed class LeatServerTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.10")]
    [InlineData("example.com")]
    [InlineData("::")]
    public async Task Given_an_address_beyond_this_machine_When_starting_Then_LEAT6001_with_remedy(string host)
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => RunningServer.StartAsync(null, o => o.Host = host));
        Assert.Equal("LEAT6001", error.Code);
        Assert.Contains(host, error.What);
        Assert.Contains("127.0.0.1", error.Todo);
    }

    [Fact]
    public async Task Given_port_0_When_started_Then_the_actual_port_is_reported_and_answers()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.NotEqual(0, server.Address.Port);
        Assert.Equal("127.0.0.1", server.Address.Host);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Given_a_busy_port_When_starting_Then_LEAT6002_names_the_port_and_another()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = await Assert.ThrowsAsync<LeatException>(() => RunningServer.StartAsync(null, o => o.Port = port));
        Assert.Equal("LEAT6002", error.Code);
        Assert.Contains($"port {port} is used", error.What);
        Assert.Contains("--port 0", error.Todo);
    }

    [Fact]
    public async Task Given_a_setting_out_of_range_When_starting_Then_LEAT6003_names_setting_and_range()
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => RunningServer.StartAsync(null, o => o.MaxLineBytes = 1));
        Assert.Equal("LEAT6003", error.Code);
        Assert.Equal("server.max_line_bytes", error.Where);
        Assert.Contains("between 1024 and", error.What);
    }

    [Fact]
    public async Task Given_rooms_of_the_owner_When_the_server_ends_Then_they_are_not_disposed()
    {
        var room = new Fakes.FakeViewStore();
        var services = new ServiceCollection().AddSingleton<Leat.Streams.Views.IViewStore>(room).BuildServiceProvider();
        var server = await LeatServer.StartAsync(services, new ServerOptions { Port = 0 }, CancellationToken.None);
        await server.DisposeAsync();
        Assert.False(room.IsDisposed);
    }
}
