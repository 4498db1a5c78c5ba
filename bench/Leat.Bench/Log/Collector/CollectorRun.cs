using System.Diagnostics;
using Leat.Log;

namespace Leat.Bench.Log;

/// <summary>Events over HTTP/1.1 keep-alive connections: as many as go, then at a fixed rate; then the server is killed and its log read.</summary>
/// <param name="EventsPerSecond">As fast as they are taken.</param>
/// <param name="EventsPerServerCore">The same, by CPU seconds of the server.</param>
/// <param name="AckP99Ms">Acknowledgement at the fixed rate.</param>
/// <param name="AckP50Ms">The same, median.</param>
/// <param name="PacedPerSecond">Rate that was reached.</param>
/// <param name="AnonymousMb">Most anonymous memory of the server while it served.</param>
/// <param name="Sent">Events acknowledged.</param>
/// <param name="Faults">Acknowledged events that are not in the log, twice there, out of order or changed.</param>
internal sealed record CollectorRun(
    double EventsPerSecond, double EventsPerServerCore, double AckP99Ms, double AckP50Ms, double PacedPerSecond, double AnonymousMb, long Sent, long Faults)
{
    public const int Rate = 50_000;
    private const int Connections = 16;
    private static readonly TimeSpan MemoryEvery = TimeSpan.FromMilliseconds(100);

    public static async Task<CollectorRun> MeasureAsync(string launcher, string folder, LogScale scale, CancellationToken ct)
    {
        await using var server = await CollectorServer.StartAsync(launcher, folder, ct);
        var clients = Enumerable.Range(0, Connections).Select(c => new CollectorClient(server.Port, c)).ToList();
        try
        {
            await EachAsync(clients, c => c.SendAll(CollectorEvents.EventsABody * 50));
            using var done = new CancellationTokenSource();
            var memory = MostMemoryAsync(server, done.Token);
            var each = scale.Events / Connections / CollectorEvents.EventsABody * CollectorEvents.EventsABody;
            var (cpu, watch) = (server.CpuSeconds(), Stopwatch.StartNew());
            await EachAsync(clients, c => c.SendAll(each));
            var (seconds, cpuSeconds) = (watch.Elapsed.TotalSeconds, server.CpuSeconds() - cpu);
            var (latencies, rate) = await PacedAsync(clients, scale.PacedSeconds);
            await done.CancelAsync();
            var most = await memory;
            await server.KillAsync();
            var faults = await FaultsAsync(server.LogFolder, [.. clients.Select(c => c.Sent)]);
            var events = each * Connections;
            return new CollectorRun(events / seconds, events / cpuSeconds, At(latencies, 0.99), At(latencies, 0.5), rate, most, clients.Sum(c => c.Sent), faults);
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    private static Task EachAsync(IReadOnlyList<CollectorClient> clients, Action<CollectorClient> work) =>
        Task.WhenAll(clients.Select(c => Task.Factory.StartNew(() => work(c), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static async Task<(double[] Latencies, double Rate)> PacedAsync(List<CollectorClient> clients, int seconds)
    {
        var bodies = Rate / CollectorEvents.EventsABody * seconds / clients.Count;
        var every = Stopwatch.Frequency * CollectorEvents.EventsABody / Rate;
        var first = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        var latencies = new double[clients.Count][];
        await EachAsync(clients, c => latencies[clients.IndexOf(c)] = c.SendPaced(first + (clients.IndexOf(c) * every), every * clients.Count, bodies));
        var rate = bodies * clients.Count * CollectorEvents.EventsABody / Stopwatch.GetElapsedTime(first).TotalSeconds;
        return ([.. latencies.SelectMany(l => l).Order()], rate);
    }

    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)];

    private static async Task<double> MostMemoryAsync(CollectorServer server, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(MemoryEvery);
        var most = server.AnonymousMb();
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) most = Math.Max(most, server.AnonymousMb());
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        return most;
    }

    /// <summary>Every acknowledged event must be there once and, within its partition, after those its client sent before.</summary>
    private static async Task<long> FaultsAsync(string folder, long[] sent)
    {
        await using var log = EmbeddedLog.Open(folder);
        var events = new CollectorEvents(0);
        var (counts, sums, faults) = (new long[sent.Length], new long[sent.Length], 0L);
        for (var partition = 0; partition < (await log.FindTopicAsync(CollectorEvents.Topic, CancellationToken.None))!.Partitions; partition++)
        {
            var last = Enumerable.Repeat(-1L, sent.Length).ToArray();
            await using var reader = log.OpenReader(new TopicPartition(CollectorEvents.Topic, partition), 0);
            while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, CancellationToken.None) is { } block)
            {
                using (block)
                    foreach (ref readonly var record in block) faults += Note(events.Recognise(record.Value), last, counts, sums);
            }
        }
        for (var c = 0; c < sent.Length; c++) faults += Math.Abs(sent[c] - counts[c]) + (sums[c] == sent[c] * (sent[c] - 1) / 2 ? 0 : 1);
        return faults;
    }

    private static int Note((int Client, long Number) read, long[] last, long[] counts, long[] sums)
    {
        if (read.Client < 0 || read.Client >= last.Length || read.Number <= last[read.Client]) return 1;
        last[read.Client] = read.Number;
        counts[read.Client]++;
        sums[read.Client] += read.Number;
        return 0;
    }
}
