using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Log;
using Leat.Quality;
using Leat.Serve.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Collector;

/// <summary>A server over the real embedded log in a temporary folder, with real contracts.</summary>
internal sealed class CollectorFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-collector-").FullName;
    private readonly EmbeddedLog _log;

    private CollectorFixture()
    {
        _log = EmbeddedLog.Open(_folder);
        Log = new StoppableLog(_log);
    }

    public StoppableLog Log { get; }

    public RunningServer Server { get; private set; } = null!;

    public static async Task<CollectorFixture> StartAsync(Action<ServerOptions>? configure = null)
    {
        var fixture = new CollectorFixture();
        var topics = new FakeTopics();
        fixture.Server = await RunningServer.StartAsync(
            rooms => rooms.AddSingleton<IEventLog>(fixture.Log).AddSingleton<ITopicRegistry>(topics).AddSingleton<IContractSource>(topics).AddLeatQuality(), configure);
        return fixture;
    }

    /// <summary>All records of a topic as "partition key value", partition by partition; null where there is no such topic.</summary>
    public async Task<string[]?> ReadAsync(string topic)
    {
        if (await _log.FindTopicAsync(topic, default) is not { } info) return null;
        var records = new List<string>();
        for (var partition = 0; partition < info.Partitions; partition++)
            await ReadAsync(new TopicPartition(topic, partition), (in LogRecord record) => records.Add($"{partition} {Encoding.UTF8.GetString(record.Key)} {Encoding.UTF8.GetString(record.Value)}".TrimEnd()));
        return [.. records];
    }

    /// <summary>A header of every record of a topic.</summary>
    public async Task<string[]> HeadersAsync(string topic, string name)
    {
        var values = new List<string>();
        var info = await _log.FindTopicAsync(topic, default);
        for (var partition = 0; partition < info!.Partitions; partition++)
            await ReadAsync(new TopicPartition(topic, partition), (in LogRecord record) => values.Add(record.TryGetHeader(name, out var value) ? value : "-"));
        return [.. values];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _log.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    private delegate void Seen(in LogRecord record);

    private async Task ReadAsync(TopicPartition partition, Seen seen)
    {
        await using var reader = _log.OpenReader(partition, 0);
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var record in block) seen(record);
            }
        }
    }
}
