using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Reads a partition of a Kafka topic with a consumer of its own, committed records only. Blocks hold whole records, not whole batches: a consumer does not see where batches end.</summary>
internal sealed class KafkaLogReader(KafkaLogClients clients, KafkaOffsets offsets, TopicPartition partition, long fromOffset) : ILogReader
{
    // Never joins: the group id is only there because a consumer must have one.
    private const string NoGroup = "leat-reader";
    private const int FirstCapacity = 32 << 10;
    private readonly KafkaScratch _scratch = new();
    private Rd.IConsumer<KafkaPart, KafkaPart>? _consumer;
    private LeatException? _failure;
    private long _knownEnd;
    private bool _assigned;
    private bool _disposed;

    public long Position { get; private set; } = fromOffset;

    private string Where => partition.ToString();

    public void Seek(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset == Position) return;
        Position = offset;
        (_assigned, _failure) = (false, null);
    }

    public async ValueTask<RecordBlock?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_assigned) await AssignAsync(ct).ConfigureAwait(false);
        if (Drain(maxBytes) is { } there) return there;
        if (maxWait == TimeSpan.Zero && Position >= _knownEnd) await CheckAsync(ct).ConfigureAwait(false);
        return await WaitAsync(maxBytes, maxWait, ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        // Closing asks the cluster nothing, but waits for librdkafka's threads.
        if (_consumer is { } consumer) await Task.Run(consumer.Dispose).ConfigureAwait(false);
    }

    private async ValueTask AssignAsync(CancellationToken ct)
    {
        await CheckAsync(ct).ConfigureAwait(false);
        _consumer ??= clients.Consumer(NoGroup, _scratch, "error");
        _consumer.Assign(new Rd.TopicPartitionOffset(partition.Topic, partition.Partition, Position));
        _assigned = true;
    }

    /// <summary>Asks for the ends; refuses a position outside.</summary>
    private async ValueTask CheckAsync(CancellationToken ct)
    {
        var (start, end) = await offsets.EndsAsync(partition, ct).ConfigureAwait(false);
        if (Position < start || Position > end) throw LogErrors.OutOfRange(Where, Position, start, end);
        _knownEnd = end;
    }

    /// <summary>Waits for records: as long as the caller says, or, where some are known to be there, as long as a request may take.</summary>
    private async ValueTask<RecordBlock?> WaitAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct)
    {
        var begun = clients.Time.GetTimestamp();
        var pace = new KafkaPace(clients.Time);
        while (true)
        {
            var waited = clients.Time.GetElapsedTime(begun);
            if (Position < _knownEnd)
            {
                if (waited > clients.Options.RequestTimeout) throw LogErrors.KafkaUnreachable(Where, $"records up to {_knownEnd} are there, but none came in {clients.Options.RequestTimeout}");
            }
            else if (maxWait != Timeout.InfiniteTimeSpan && waited >= maxWait)
            {
                return null;
            }
            await pace.WaitAsync(ct).ConfigureAwait(false);
            if (Drain(maxBytes) is { } block) return block;
        }
    }

    /// <summary>What is here already; null when nothing is.</summary>
    private RecordBlock? Drain(int maxBytes)
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure) throw failure;
        using var block = new KafkaBlock(partition, Math.Min(maxBytes, FirstCapacity));
        var at = Position;
        try
        {
            while ((block.Count == 0 || block.SizeBytes < maxBytes) && _consumer!.Consume(0) is { } result)
            {
                if (result.IsPartitionEOF)
                {
                    // Beyond the last record may be markers of transactions: reading goes on after them.
                    at = Math.Max(at, result.Offset.Value);
                    break;
                }
                if (result.Offset.Value >= at)
                {
                    block.Add(result, _scratch);
                    at = result.Offset.Value + 1;
                }
                _scratch.Clear();
            }
        }
        catch (Rd.ConsumeException e)
        {
            _assigned = false;
            if (e.Error.Code != Rd.ErrorCode.Local_AutoOffsetReset) Keep(KafkaLogFaults.Of(e, Where), block.Count > 0);
        }
        if (at == Position) return null;
        var from = Position;
        Position = at;
        return block.Finish(from, at);
    }

    /// <summary>Throws now, or after the records that came before.</summary>
    private void Keep(LeatException failure, bool later)
    {
        if (!later) throw failure;
        _failure = failure;
    }
}
