using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Leat.Conformance;
using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Leat.Streams.Tests;

/// <summary>The child process of <see cref="DeadSinkTests"/>: a job under steady load whose table hangs for a time.</summary>
internal sealed class DeadSinkRun : IDisposable
{
    public const int EventsPerSecond = 200_000;
    private readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDead;

    /// <summary>Prints a <see cref="DeadSinkFigures"/>.</summary>
    /// <param name="folder">Of the project.</param>
    /// <param name="steadySeconds">Before the table hangs, and again after.</param>
    /// <param name="deadSeconds">How long it hangs.</param>
    /// <param name="holdSeconds">The job's setting.</param>
    public static async Task<int> RunAsync(string folder, int steadySeconds, int deadSeconds, int holdSeconds)
    {
        ChildProcess.EndWithParent();
        using var run = new DeadSinkRun();
        Console.WriteLine(JsonSerializer.Serialize(await run.MeasureAsync(folder, (steadySeconds, deadSeconds, holdSeconds))));
        return 0;
    }

    public void Dispose() => _back.TrySetResult();

    private async Task<DeadSinkFigures> MeasureAsync(string folder, (int Steady, int Dead, int Hold) seconds)
    {
        var lake = new SumLake(SecondCounts.Column, async _ => { if (_isDead) await _back.Task; });
        await using var services = Compose(folder, lake, seconds.Hold);
        var (log, runtime, inspection) = (services.GetRequiredService<IEventLog>(), services.GetRequiredService<IStreamRuntime>(), services.GetRequiredService<IStreamInspection>());
        await log.CreateTopicAsync(SecondCounts.Topic, new TopicOptions { Partitions = ClickLoad.Partitions, Durability = Durability.Never }, default);
        foreach (var host in services.GetServices<IHostedService>()) await host.StartAsync(default);
        using var load = new ClickLoad(log, EventsPerSecond);
        var loading = Task.Run(load.RunAsync);
        await Task.Delay(TimeSpan.FromSeconds(seconds.Steady)); // warming up
        var before = await RateAsync(runtime, seconds.Steady);
        var memoryBefore = AnonymousMb();

        _isDead = true;
        var memory = await WatchAsync(seconds.Dead);
        var described = inspection.Describe(runtime.List().Single().Name);
        var read = runtime.List().Single().EventsRead;
        var waiting = load.Sent - read;
        _isDead = false;
        _back.TrySetResult();

        var catching = Stopwatch.StartNew();
        while (load.Sent - runtime.List().Single().EventsRead > EventsPerSecond / 4 && catching.Elapsed < TimeSpan.FromMinutes(5)) await Task.Delay(20);
        var caughtUp = catching.Elapsed;
        var catchingRate = (runtime.List().Single().EventsRead - read) / caughtUp.TotalSeconds;
        var after = await RateAsync(runtime, seconds.Steady);
        load.Stop();
        await loading;
        await load.EndAsync();
        await runtime.DrainAsync(default);
        var figures = new DeadSinkFigures(before, after, catchingRate, caughtUp.TotalSeconds, waiting, memoryBefore, memory, described.HeldShare, described.Diagnosis, load.Sent, lake.Sum, runtime.List().Single().LateEvents);
        foreach (var host in services.GetServices<IHostedService>()) await host.StopAsync(default);
        return figures;
    }

    private static ServiceProvider Compose(string folder, SumLake lake, int holdSeconds) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton(new LeatProject(folder, "dead-sink", "dev", Path.Combine(folder, ".leat")))
        .AddSingleton<ILakeCatalog>(lake)
        .AddLeatStreams(o => (o.LakeCommitInterval, o.HoldAfter) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(holdSeconds)))
        .AddSingleton<StreamJob>(new SecondCounts())
        .BuildServiceProvider();

    private static async Task<double> RateAsync(IStreamRuntime runtime, int seconds)
    {
        var (clock, from) = (Stopwatch.StartNew(), runtime.List().Single().EventsRead);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (runtime.List().Single().EventsRead - from) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Memory of the process twice a second, in MB.</summary>
    private static async Task<double[]> WatchAsync(int seconds)
    {
        var (clock, samples) = (Stopwatch.StartNew(), new List<double>());
        while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            await Task.Delay(500);
            samples.Add(AnonymousMb());
        }

        return [.. samples];
    }

    private static double AnonymousMb()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
