using System.Globalization;
using System.Text;
using Leat.Conformance;
using Leat.Core;
using Leat.Ingest.Landing;
using Leat.Lake;
using Leat.Log;

namespace Leat.Ingest.Tests.Landing;

/// <summary>A log and a lake in a temporary folder, and one collector source with fields a and b.</summary>
public sealed class LandingFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LandingFixture() => (Log, Lake) = Open();

    public IEventLog Log { get; private set; }

    public LakeCatalog Lake { get; private set; }

    internal static SourceDefinition.Collector Source(ContractPolicy policy = ContractPolicy.Quarantine, bool allowUnknown = false, long maxBytes = 1 << 20) => new(
        "clicks", "sources/x.yml:1:1", new TopicSource("clicks", 2),
        new ContractDefinition("clicks", "sources/x.yml:2:1", policy, allowUnknown, [new("a", DataType.Text, true), new("b", DataType.Int64, false)]),
        new LandingDefinition("raw.clicks", "raw.clicks_quarantine", TimeSpan.FromSeconds(5), maxBytes));

    internal SourceLanding Landing(ILakeCatalog? lake = null, SourceDefinition.Collector? source = null)
    {
        source ??= Source();
        return new SourceLanding(source, source.Landing!, Log, lake ?? Lake);
    }

    /// <summary>As after a kill: new instances over the same folders.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        (Log, Lake) = Open();
    }

    public Task CreateTopicsAsync() => Task.WhenAll(
        Log.CreateTopicAsync("clicks", new TopicOptions { Partitions = 2 }, default).AsTask(), Log.CreateTopicAsync("clicks.dlq", new TopicOptions(), default).AsTask());

    public async Task SendAsync(int partition, params string[] values)
    {
        var builder = new RecordBatchBuilder();
        foreach (var value in values) builder.Add(1_700_000_000_123, [], Encoding.UTF8.GetBytes(value));
        await Log.AppendAsync(new TopicPartition("clicks", partition), builder, null, default);
    }

    /// <summary>Records a = from ... from + count - 1.</summary>
    public Task SendManyAsync(int partition, int from, int count) =>
        SendAsync(partition, [.. Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"a":"{{i}}","b":{{i}}}"""))]);

    public async Task<List<string>> ReadAsync(string table)
    {
        var rows = new List<string>();
        if (await Lake.FindAsync(table, default) is not { } found) return rows;
        await foreach (var batch in found.ReadAsync(await found.SnapshotAsync(null, default), default))
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) rows.Add(string.Join('|', Enumerable.Range(0, batch.ColumnCount).Select(c => Shown(batch[c].GetValue(row)))));
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>Values of column a, sorted as numbers.</summary>
    public async Task<List<int>> NumbersAsync() => [.. (await ReadAsync("raw.clicks")).Select(r => int.Parse(r.Split('|')[0], CultureInfo.InvariantCulture)).Order()];

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private static string Shown(object? value) => value is DateTime at ? at.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private (IEventLog, LakeCatalog) Open() => (EmbeddedLog.Open(Path.Combine(_folder.Path, "log")), new LakeCatalog(Path.Combine(_folder.Path, "lake"), TimeProvider.System));

    private async Task CloseAsync()
    {
        await Log.DisposeAsync();
        Lake.Dispose();
    }
}
