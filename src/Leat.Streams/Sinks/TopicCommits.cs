using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Leat.Log;

namespace Leat.Streams.Sinks;

/// <summary>Commits the records of an epoch to their topics in one transaction, which also notes the epoch: read back, the note says whether the transaction was committed. Owned by the coordinator.</summary>
/// <remarks>Opening the producer fences an earlier process of the job and ends its transaction, and the notes are read after that: so nothing of it can become visible later.</remarks>
internal sealed class TopicCommits(IEventLog log, string job, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Topic of the notes, compacted: by job and life the newest epoch.</summary>
    public const string Ledger = "leat.stream-commits";
    private const int ReadBytes = 1 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TopicPartition Notes = new(Ledger, 0);
    private ITransactionalProducer? _producer;
    private string _life = "";
    private long _noted;

    /// <summary>Makes the records visible, all or none; nothing when the epoch was noted. After a failure it may be called again.</summary>
    /// <param name="life">Of the job.</param>
    /// <param name="epoch">Counted within the life.</param>
    /// <param name="appends">Its records.</param>
    /// <param name="ct">Cancels before the transaction begins.</param>
    public async Task CommitAsync(string life, long epoch, ImmutableArray<StagedAppend> appends, CancellationToken ct)
    {
        try
        {
            foreach (var topic in appends.Select(a => a.Topic).Distinct(StringComparer.Ordinal)) await EnsureAsync(topic, new TopicOptions(), ct).ConfigureAwait(false);
            if (_producer is null || _life != life) await OpenAsync(life, ct).ConfigureAwait(false);
            if (_noted >= epoch) return;
            await WriteAsync(_producer!, epoch, appends).ConfigureAwait(false);
            _noted = epoch;
        }
        catch
        {
            // What became of the transaction is known when the next producer is open.
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Newest epoch that was noted in a life of the job; 0 = none.</summary>
    public async Task<long> NotedAsync(string life, CancellationToken ct)
    {
        if (await log.FindTopicAsync(Ledger, ct).ConfigureAwait(false) is null) return 0;
        var (noted, place) = (0L, await log.DescribeAsync(Notes, ct).ConfigureAwait(false));
        var key = KeyOf(life);
        var reader = log.OpenReader(Notes, place.StartOffset);
        await using (reader.ConfigureAwait(false))
        {
            while (reader.Position < place.EndOffsetExcl && await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct).ConfigureAwait(false) is { } block)
            {
                using (block) noted = Math.Max(noted, NewestIn(block, key));
            }
        }

        return noted;
    }

    public async ValueTask DisposeAsync()
    {
        var producer = _producer;
        _producer = null;
        if (producer is not null) await producer.DisposeAsync().ConfigureAwait(false);
    }

    private static long NewestIn(RecordBlock block, byte[] key)
    {
        long noted = 0;
        foreach (ref readonly var record in block)
        {
            if (record.Key.SequenceEqual(key) && long.TryParse(record.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) noted = Math.Max(noted, epoch);
        }

        return noted;
    }

    private async Task OpenAsync(string life, CancellationToken ct)
    {
        await DisposeAsync().ConfigureAwait(false);
        await EnsureAsync(Ledger, new TopicOptions { Cleanup = CleanupPolicy.Compact, SegmentBytes = 1 << 20, SegmentAge = TimeSpan.FromHours(1) }, ct).ConfigureAwait(false);
        _producer = await log.OpenProducerAsync($"leat-stream/{job}", Timeout, ct).ConfigureAwait(false);
        (_life, _noted) = (life, await NotedAsync(life, ct).ConfigureAwait(false));
    }

    private async Task WriteAsync(ITransactionalProducer producer, long epoch, ImmutableArray<StagedAppend> appends)
    {
        await producer.BeginAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var append in appends) await producer.AppendAsync(new TopicPartition(append.Topic, append.Partition), TopicSinks.Batch(append), CancellationToken.None).ConfigureAwait(false);
        var note = new RecordBatchBuilder();
        note.Add(time.GetUtcNow().ToUnixTimeMilliseconds(), KeyOf(_life), Encoding.ASCII.GetBytes(epoch.ToString(CultureInfo.InvariantCulture)));
        await producer.AppendAsync(Notes, note, CancellationToken.None).ConfigureAwait(false);
        await producer.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task EnsureAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        if (await log.FindTopicAsync(topic, ct).ConfigureAwait(false) is null) await log.CreateTopicAsync(topic, options, ct).ConfigureAwait(false);
    }

    private byte[] KeyOf(string life) => Encoding.UTF8.GetBytes($"{job}/{life}");
}
