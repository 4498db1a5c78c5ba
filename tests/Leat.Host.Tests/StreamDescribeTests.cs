using System.Text.Json.Nodes;
using Leat.Conformance;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Tests;

/// <summary>'leat stream describe' beside an owner that runs the job, and for a job that does not exist.</summary>
public sealed class StreamDescribeTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Project => Path.Combine(_folder.Path, "shop");

    public async Task InitializeAsync() => Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "shop")).Code);

    [Fact]
    public async Task Given_a_running_job_When_described_Then_its_graph_comes_as_json_and_as_text()
    {
        var app = App();
        await using var running = await RunningLeat.StartAsync(app, new UpSettings(Project, null, Port: 0), TextWriter.Null, default);
        await running.Services.GetRequiredService<IStreamRuntime>().DrainAsync(default);
        var job = JsonNode.Parse((await RunAsync(app, "stream", "describe", "minutes", "--json")).Out)!;
        Assert.Equal("minutes", (string?)job["name"]);
        Assert.Equal(["source", "window", "sink"], job["operators"]!.AsArray().Select(o => (string?)o!["kind"]));
        Assert.Equal("00:00:01", (string?)job["settings"]!["checkpoint_interval"]);
        var text = await RunAsync(app, "stream", "describe", "minutes");
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.StartsWith("minutes  ", text.Out, StringComparison.Ordinal);
        Assert.Contains("1   window tumbling 00:01:00  0 ", text.Out, StringComparison.Ordinal);
        Assert.Contains("checkpoint_interval 00:00:01, ", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_unknown_job_When_described_Then_the_nearest_is_offered()
    {
        var run = await RunAsync(App(), "stream", "describe", "minuets");
        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("LEAT2143", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'minutes'?", run.Error, StringComparison.Ordinal);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private static LeatAppBuilder App()
    {
        var app = new LeatAppBuilder();
        app.ConfigureServices(services => services.AddStream<Minutes>());
        return app;
    }

    private async Task<CommandLineRun> RunAsync(LeatAppBuilder app, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await new CommandLineRunner(app).RunAsync(args, new VerbConsole(output, error, IsTerminal: false, UsesColour: false, Project));
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }

    private sealed class Minutes : StreamJob
    {
        protected override void Define(JobBuilder job) =>
            job.From<Event>("events", e => e.At, TimeSpan.FromSeconds(2)).KeyBy(e => e.Kind).Tumbling(TimeSpan.FromMinutes(1)).Count().ToView("minutes", TimeSpan.FromHours(1));
    }

    private readonly record struct Event(DateTime At, Text Kind);
}
