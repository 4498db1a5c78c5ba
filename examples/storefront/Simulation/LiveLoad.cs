using Storefront.Replay;

namespace Storefront.Simulation;

/// <summary>Sends the simulated shop to the collector at a steady number of events a second, event time = now.</summary>
internal sealed class LiveLoad(CollectorClient client, ShopSimulator shop, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<string, MemoryStream> _bodies = [];
    private readonly string _session = Guid.NewGuid().ToString("n");
    private long _requests;

    /// <summary>Events sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Ticks that came more than 100 ms late: the load was not steady.</summary>
    public long TicksBehind { get; private set; }

    /// <summary>Runs until <paramref name="duration"/> has passed (null = until cancelled), then sends what was held back.</summary>
    public async Task RunAsync(int eventsPerSecond, TimeSpan? duration, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, time);
        var flushing = Task.CompletedTask;
        while (await timer.WaitForNextTickAsync(ct))
        {
            var elapsed = time.GetElapsedTime(started);
            if (elapsed >= duration) break;
            var due = (long)(elapsed.TotalSeconds * eventsPerSecond);
            if (due - Sent > eventsPerSecond / 10) TicksBehind++;
            while (Sent < due) Add(shop.Step(time.GetUtcNow().UtcDateTime));
            await flushing;
            flushing = FlushAsync(ct);
        }
        await flushing;
        Add(shop.Finish());
        await FlushAsync(ct);
    }

    private void Add(IReadOnlyList<SimulatedEvent> events)
    {
        foreach (var sent in events)
        {
            if (!_bodies.TryGetValue(sent.Topic, out var body)) _bodies.Add(sent.Topic, body = new MemoryStream());
            body.Write(sent.Json);
            body.WriteByte((byte)'\n');
        }
        Sent += events.Count;
    }

    private Task FlushAsync(CancellationToken ct)
    {
        var sends = new List<Task>();
        foreach (var (topic, body) in _bodies)
        {
            if (body.Length == 0) continue;
            sends.Add(client.SendAsync(topic, body.ToArray(), $"live/{_session}/{_requests++}", ct));
            body.SetLength(0);
        }
        return Task.WhenAll(sends);
    }
}
