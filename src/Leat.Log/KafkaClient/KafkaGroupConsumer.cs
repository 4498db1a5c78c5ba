using System.Globalization;
using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>A member of a Kafka consumer group, cooperative: at a rebalance only what moves is given up. A member that does not read for 5 minutes (max.poll.interval.ms) is taken out.</summary>
internal sealed class KafkaGroupConsumer : IGroupConsumer
{
    private const int FirstCapacity = 32 << 10;
    private readonly KafkaLogClients _clients;
    private readonly GroupOptions _options;
    private readonly KafkaScratch _scratch = new();
    private readonly KafkaCalls _calls = new();
    private readonly Lazy<Rd.IConsumer<KafkaPart, KafkaPart>> _consumer;
    private readonly HashSet<TopicPartition> _assigned = [];
    private readonly Dictionary<TopicPartition, long> _handedOut = [];
    private readonly Dictionary<TopicPartition, long> _committed = [];
    private Rd.ConsumeResult<KafkaPart, KafkaPart>? _next;
    private LeatException? _failure;
    private CancellationToken _reading;
    private int _disposed;

    public KafkaGroupConsumer(KafkaLogClients clients, GroupOptions options)
    {
        (_clients, _options) = (clients, options);
        _consumer = new(Join);
    }

    public IReadOnlyCollection<TopicPartition> Assignment => [.. _assigned];

    public Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnRevoked { get; set; }

    public Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? OnAssigned { get; set; }

    public async ValueTask<GroupRead?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _reading = ct;
        var begun = _clients.Time.GetTimestamp();
        var pace = new KafkaPace(_clients.Time);
        while (true)
        {
            if (Drain(maxBytes) is { } read) return read;
            if (maxWait != Timeout.InfiniteTimeSpan && _clients.Time.GetElapsedTime(begun) >= maxWait) return null;
            await pace.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    public async ValueTask CommitAsync(CancellationToken ct)
    {
        var offsets = _handedOut.Where(o => !_committed.TryGetValue(o.Key, out var known) || known != o.Value).Select(o => new GroupOffset(o.Key, o.Value)).ToList();
        if (offsets.Count > 0) await CommitAsync(offsets, ct).ConfigureAwait(false);
    }

    public async ValueTask CommitAsync(IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        if (offsets.Count == 0) return;
        foreach (var offset in offsets)
        {
            if (!_assigned.Contains(offset.Partition)) throw LogErrors.CommitRefused(_options.Group, $"{offset.Partition} is not assigned to this member");
        }
        try
        {
            _ = await _calls.RunAsync(() =>
            {
                _consumer.Value.Commit(Native(offsets));
                return true;
            }, ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            throw FaultOf(InnerOf(e), _options.Group, _options.InstanceId);
        }
        foreach (var offset in offsets) _committed[offset.Partition] = offset.Offset;
    }

    /// <summary>Leaves the group, except with an instance id: then its partitions wait for it until the session ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0 || !_consumer.IsValueCreated) return;
        (OnRevoked, OnAssigned) = (null, null);
        await _calls.EndedAsync().ConfigureAwait(false);
        await Task.Run(() =>
        {
            using var consumer = _consumer.Value;
            try
            {
                consumer.Close();
            }
            catch (Rd.KafkaException e)
            {
                // Fenced or cut off: the group has taken the partitions away already.
                _clients.Logger.KafkaClientError(e.Error.Code.ToString(), e.Error.Reason);
            }
        }).ConfigureAwait(false);
    }

    internal static List<Rd.TopicPartitionOffset> Native(IEnumerable<GroupOffset> offsets) =>
        [.. offsets.Select(o => new Rd.TopicPartitionOffset(o.Partition.Topic, o.Partition.Partition, o.Offset))];

    internal static Rd.Error InnerOf(Rd.KafkaException e) =>
        e is Rd.TopicPartitionOffsetException partitions ? partitions.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error : e.Error;

    internal static LeatException FaultOf(Rd.Error error, string group, string? instance) => error.Code switch
    {
        _ when KafkaLogFaults.IsMemberGone(error.Code) => LogErrors.CommitRefused(group, $"the partitions were given to others meanwhile ({error.Code})"),
        Rd.ErrorCode.FencedInstanceId => LogErrors.InstanceTaken(group, instance ?? ""),
        Rd.ErrorCode.OffsetMetadataTooLarge => LogErrors.CommitRefused(group, "the metadata is too long"),
        Rd.ErrorCode.InvalidSessionTimeout => LogErrors.KafkaSetting($"group {group}: the cluster does not allow the session timeout"),
        _ => KafkaLogFaults.Of(error, $"group {group}"),
    };

    private Rd.IConsumer<KafkaPart, KafkaPart> Join()
    {
        var consumer = _clients.Consumer(_options.Group, _scratch, _options.FromStart ? "earliest" : "latest", Configure);
        consumer.Subscribe(_options.Topics);
        return consumer;
    }

    private void Configure(Dictionary<string, string> settings, Rd.ConsumerBuilder<KafkaPart, KafkaPart>? builder)
    {
        settings["partition.assignment.strategy"] = "cooperative-sticky";
        settings["session.timeout.ms"] = ((long)_options.SessionTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        settings["heartbeat.interval.ms"] = ((long)Math.Min(3000, _options.SessionTimeout.TotalMilliseconds / 4)).ToString(CultureInfo.InvariantCulture);
        settings["max.poll.interval.ms"] = ((long)Math.Max(300_000, _options.SessionTimeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        settings["topic.metadata.refresh.interval.ms"] = "5000"; // added partitions are picked up so soon
        if (_options.InstanceId is { } instance) settings["group.instance.id"] = instance;
        builder?.SetPartitionsAssignedHandler(Assigned)
            .SetPartitionsRevokedHandler((_, lost) => Revoked(lost, called: true))
            .SetPartitionsLostHandler((_, lost) => Revoked(lost, called: false));
    }

    private IEnumerable<Rd.TopicPartitionOffset> Assigned(Rd.IConsumer<KafkaPart, KafkaPart> consumer, List<Rd.TopicPartition> added)
    {
        var partitions = added.ConvertAll(p => new TopicPartition(p.Topic, p.Partition.Value));
        var begin = Begin(consumer, added);
        _assigned.UnionWith(partitions);
        if (partitions.Count > 0) Call(OnAssigned, partitions);
        return begin;
    }

    /// <summary>Where reading begins. "At the end" means the end of this moment: librdkafka alone would look for it some time after the assignment, and pass over what came in between.</summary>
    private List<Rd.TopicPartitionOffset> Begin(Rd.IConsumer<KafkaPart, KafkaPart> consumer, List<Rd.TopicPartition> added)
    {
        var committed = added.ConvertAll(p => new Rd.TopicPartitionOffset(p, Rd.Offset.Unset));
        if (_options.FromStart || added.Count == 0) return committed;
        try
        {
            return consumer.Committed(added, _clients.Options.RequestTimeout)
                .ConvertAll(o => o.Offset.Value >= 0 ? o : new Rd.TopicPartitionOffset(o.TopicPartition, consumer.QueryWatermarkOffsets(o.TopicPartition, _clients.Options.RequestTimeout).High));
        }
        catch (Rd.KafkaException e)
        {
            _clients.Logger.KafkaClientError(e.Error.Code.ToString(), e.Error.Reason);
            return committed; // then librdkafka's own way has to do
        }
    }

    private void Revoked(List<Rd.TopicPartitionOffset> lost, bool called)
    {
        var partitions = lost.ConvertAll(p => new TopicPartition(p.Topic, p.Partition.Value));
        if (called && partitions.Count > 0) Call(OnRevoked, partitions);
        foreach (var partition in partitions)
        {
            _ = _assigned.Remove(partition);
            _ = _handedOut.Remove(partition);
            _ = _committed.Remove(partition);
        }
    }

    /// <summary>librdkafka hands partitions over inside its call: it has to be done when this returns, so here, and only here, a task is waited for. A failure of the callback comes out of the read.</summary>
    private void Call(Func<IReadOnlyCollection<TopicPartition>, CancellationToken, ValueTask>? callback, List<TopicPartition> partitions)
    {
        if (callback is null) return;
        var ct = _reading;
        Task.Run(async () => await callback(partitions, ct).ConfigureAwait(false), CancellationToken.None).GetAwaiter().GetResult();
    }

    private GroupRead? Drain(int maxBytes)
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure) throw failure;
        KafkaBlock? block = null;
        try
        {
            var (from, at) = (0L, 0L);
            while ((block is null || block.SizeBytes < maxBytes) && Next() is { } result)
            {
                var partition = new TopicPartition(result.Topic, result.Partition.Value);
                if (!_assigned.Contains(partition))
                {
                    _scratch.Clear(); // was fetched before the partition was given up
                    continue;
                }
                if (block is not null && (block.Partition != partition || !block.CanHold(result.Offset.Value)))
                {
                    _next = result;
                    break;
                }
                block ??= new KafkaBlock(partition, Math.Min(maxBytes, FirstCapacity));
                if (block.Count == 0) from = result.Offset.Value;
                block.Add(result, _scratch);
                at = result.Offset.Value + 1;
                _scratch.Clear();
            }
            if (block is null) return null;
            _handedOut[block.Partition] = at;
            return new GroupRead(block.Partition, block.Finish(from, at));
        }
        finally
        {
            block?.Dispose();
        }
    }

    /// <summary>The record kept from the last time, or the next of librdkafka's queue; ends of partitions are passed over.</summary>
    private Rd.ConsumeResult<KafkaPart, KafkaPart>? Next()
    {
        if (_next is { } kept)
        {
            _next = null;
            return kept;
        }
        try
        {
            while (_consumer.Value.Consume(0) is { } result)
            {
                if (!result.IsPartitionEOF) return result;
            }
            return null;
        }
        catch (Rd.ConsumeException e) when (e.Error.Code == Rd.ErrorCode.Local_MaxPollExceeded)
        {
            return null; // the next read joins again
        }
        catch (Rd.ConsumeException e)
        {
            _failure = FaultOf(e.Error, _options.Group, _options.InstanceId);
            return null;
        }
    }
}
