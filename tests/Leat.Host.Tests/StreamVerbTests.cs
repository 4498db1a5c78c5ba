using System.Text.Json.Nodes;
using Leat.Conformance;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Tests;

/// <summary>The verbs of stream jobs inside an owner that runs a job, and on a project that nobody runs.</summary>
public sealed class StreamVerbTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Project => Path.Combine(_folder.Path, "shop");

    public async Task InitializeAsync() => Assert.Equal(0, (await CommandLineRun.InAsync(_folder.Path, "new", "shop")).Code);

    [Fact]
    public async Task Given_a_running_job_When_saved_stopped_started_and_reset_Then_each_verb_answers_and_the_job_obeys()
    {
        var app = App();
        await using (var running = await RunningLeat.StartAsync(app, new UpSettings(Project, null, Port: 0), TextWriter.Null, default))
        {
            await running.Services.GetRequiredService<IStreamRuntime>().DrainAsync(default);
            await WaitForCheckpointAsync(running);
            var saved = await JsonAsync(app, "stream", "savepoint", "minutes", "kept", "--json");
            Assert.Equal(Path.Combine(Project, "kept"), (string?)saved["path"]);
            Assert.Single(Directory.EnumerateFiles(Path.Combine(Project, "kept"), "*.checkpoint"));
            Assert.Contains("LEAT2144", (await RunAsync(app, "stream", "start", "minutes")).Error);
            var stopped = await JsonAsync(app, "stream", "stop", "minutes", "--savepoint", "--json");
            Assert.Equal("stopped", (string?)stopped["state"]);
            Assert.StartsWith(Path.Combine(Project, ".leat", "savepoints", "minutes"), (string?)stopped["savepoint"]!["path"], StringComparison.Ordinal);
            Assert.Contains("stopped on request", (await RunAsync(app, "stream", "list")).Out);
            Assert.Equal("running", (string?)(await JsonAsync(app, "stream", "start", "minutes", "--from-savepoint", "kept", "--json"))["state"]);
            var unsure = await RunAsync(app, "stream", "reset", "minutes");
            Assert.Equal((2, ""), (unsure.Code, unsure.Out));
            Assert.Contains("--yes", unsure.Error);
            Assert.Equal("running", (string?)(await JsonAsync(app, "stream", "reset", "minutes", "--yes", "--json"))["state"]);
            await JsonAsync(app, "stream", "stop", "minutes", "--json");
        }

        await AssertOfflineAsync(app);
    }

    [Fact]
    public async Task Given_an_unknown_job_When_named_Then_the_nearest_is_offered()
    {
        var run = await RunAsync(App(), "stream", "stop", "minuets", "--json");
        Assert.Equal(1, run.Code);
        Assert.Equal("LEAT2143", (string?)JsonNode.Parse(run.Out)!["error"]!["code"]);
        Assert.Contains("did you mean 'minutes'?", run.Error);
    }

    /// <summary>The same verbs while nobody runs the project: they change what the next "up" does.</summary>
    private async Task AssertOfflineAsync(LeatAppBuilder app)
    {
        Assert.Contains("starts with the next 'leat up'", (await RunAsync(app, "stream", "start", "minutes")).Out);
        Assert.Equal("stopped", (string?)(await JsonAsync(app, "stream", "stop", "minutes", "--json"))["state"]);
        Assert.Equal("stopped", (string?)(await JsonAsync(app, "stream", "reset", "minutes", "--yes", "--json"))["state"]);
        Assert.Contains("LEAT2137", (await RunAsync(app, "stream", "savepoint", "minutes")).Error);
        await using var again = await RunningLeat.StartAsync(app, new UpSettings(Project, null, Port: 0), TextWriter.Null, default);
        Assert.Equal("stopped", Assert.Single(again.Services.GetRequiredService<IStreamRuntime>().List()).State);
    }

    private static async Task WaitForCheckpointAsync(RunningLeat running)
    {
        var streams = running.Services.GetRequiredService<IStreamRuntime>();
        for (var i = 0; i < 400 && streams.List()[0].CheckpointId == 0; i++) await Task.Delay(25);
        Assert.True(streams.List()[0].CheckpointId > 0, $"{streams.List()[0]}");
    }

    private static LeatAppBuilder App()
    {
        var app = new LeatAppBuilder();
        app.ConfigureServices(services => services.AddStream<Minutes>());
        return app;
    }

    private async Task<JsonNode> JsonAsync(LeatAppBuilder app, params string[] args)
    {
        var run = await RunAsync(app, args);
        Assert.True(run.Code == 0, run.Out + run.Error);
        return JsonNode.Parse(run.Out)!;
    }

    private async Task<CommandLineRun> RunAsync(LeatAppBuilder app, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await new CommandLineRunner(app).RunAsync(args, new VerbConsole(output, error, IsTerminal: false, UsesColour: false, Project));
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private sealed class Minutes : StreamJob
    {
        protected override void Define(JobBuilder job) =>
            job.From<Event>("events", e => e.At, TimeSpan.FromSeconds(2)).KeyBy(e => e.Kind).Tumbling(TimeSpan.FromMinutes(1)).Count().ToView("minutes", TimeSpan.FromHours(1));
    }

    private readonly record struct Event(DateTime At, Text Kind);
}
