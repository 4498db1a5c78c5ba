using System.Diagnostics;
using System.Text;

namespace Leat.Bench.Log;

/// <summary>Redis streams: as many producers, streams and records a batch as the log gets; a batch is 500 pipelined XADD.</summary>
internal sealed class RedisPeer(LogInput input, long records)
{
    private const int ReadEntries = 2_000;

    public static string? Program => PeerServer.Find("redis-server", "/usr/bin");

    /// <param name="appendFsync">everysec or always.</param>
    /// <param name="ct">Stops the start.</param>
    public async Task<PeerRun> MeasureAsync(string appendFsync, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("leat-redis-").FullName;
        var port = PeerServer.FreePort();
        await using var server = await PeerServer.StartAsync(
            new ProcessStartInfo(Program!, ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", appendFsync, "--auto-aof-rewrite-percentage", "0"]),
            folder, port, ct);
        var each = records / AppendRun.Producers / LogInput.BatchRecords * LogInput.BatchRecords;
        var patterns = Enumerable.Range(0, AppendRun.Producers).Select(_ => input.CopyPatterns()).ToList();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AppendRun.Producers).Select(p => OnThread(() => Produce(port, patterns[p], p, each))));
        var appended = each * AppendRun.Producers / watch.Elapsed.TotalSeconds;
        watch.Restart();
        var faults = await Task.WhenAll(Enumerable.Range(0, AppendRun.Partitions).Select(s => OnThread(() => Read(port, s, each * AppendRun.Producers / AppendRun.Partitions))));
        return new PeerRun(appended, each * AppendRun.Producers / watch.Elapsed.TotalSeconds, faults.Sum());
    }

    private static Task<T> OnThread<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static long Produce(int port, byte[] patterns, int producer, long records)
    {
        using var connection = new RespConnection(port);
        var before = Encoding.ASCII.GetBytes($"*5\r\n$4\r\nXADD\r\n$2\r\ns{producer % AppendRun.Partitions}\r\n$1\r\n*\r\n$1\r\nv\r\n${LogInput.ValueBytes}\r\n");
        var commands = new byte[LogInput.BatchRecords * (before.Length + LogInput.ValueBytes + 2)];
        for (long number = 0; number < records; number += LogInput.BatchRecords)
        {
            var at = 0;
            for (var slot = 0; slot < LogInput.BatchRecords; slot++)
            {
                before.CopyTo(commands, at);
                LogInput.Stamp(patterns, slot, producer, number + slot).CopyTo(commands.AsSpan(at + before.Length));
                at += before.Length + LogInput.ValueBytes;
                commands[at++] = (byte)'\r';
                commands[at++] = (byte)'\n';
            }
            connection.Send(commands);
            for (var slot = 0; slot < LogInput.BatchRecords; slot++) connection.Skip();
        }
        return records;
    }

    private long Read(int port, int stream, long expected)
    {
        using var connection = new RespConnection(port);
        var next = new long[AppendRun.Producers];
        var (read, faults) = (0L, 0L);
        for (var from = "-"; from is not null;)
        {
            connection.Send(RespConnection.Command("XRANGE", $"s{stream}", from, "+", "COUNT", $"{ReadEntries}"));
            from = connection.Entries(value =>
            {
                var (producer, number) = LogInput.TagOf(value);
                if (number != next[producer]++ || !input.IsIntact(value, number)) faults++;
                read++;
            }) is { } last ? "(" + last : null;
        }
        return faults + Math.Abs(expected - read);
    }
}
