using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests;

/// <summary>A real server on a free port over the rooms that a test gives it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly LeatServer _server;
    private readonly ServiceProvider _rooms;

    private RunningServer(LeatServer server, ServiceProvider rooms)
    {
        (_server, _rooms) = (server, rooms);
        Http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    public static async Task<RunningServer> StartAsync(Action<IServiceCollection>? rooms = null, Action<ServerOptions>? configure = null)
    {
        var services = new ServiceCollection();
        rooms?.Invoke(services);
        var provider = services.BuildServiceProvider();
        var options = new ServerOptions { Port = 0 };
        configure?.Invoke(options);
        return new RunningServer(await LeatServer.StartAsync(provider, options, CancellationToken.None), provider);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return (response.StatusCode, await JsonAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await JsonAsync(response));
    }

    /// <summary>Sends bytes as they are, for requests that HttpClient would not send; returns the whole answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _rooms.DisposeAsync();
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
