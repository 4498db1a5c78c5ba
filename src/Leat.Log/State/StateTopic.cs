using System.Threading.Channels;

namespace Leat.Log;

/// <summary>A compacted topic of the log's own in which a coordinator keeps what it knows; of a key the newest value counts. All changes that wait are written as one batch.</summary>
internal sealed class StateTopic : IAsyncDisposable
{
    private const int MostWaiting = 4096;
    private const int ReadBytes = 1 << 20;
    private const long SegmentBytes = 16 << 20;
    private readonly IEventLog _log;
    private readonly TimeProvider _time;
    private readonly TopicPartition _partition;
    private readonly int _groupBytes;
    private readonly Lock _order = new();
    private readonly SemaphoreSlim _slots = new(MostWaiting);
    private readonly Channel<StateChange> _queue = Channel.CreateBounded<StateChange>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly RecordBatchBuilder _batch = new();
    private readonly List<StateChange> _group = [];
    private readonly Task _writing;
    private bool _exists;

    /// <param name="log">Where the topic is.</param>
    /// <param name="name">Begins with two underscores.</param>
    /// <param name="maxBatchBytes">The log's limit.</param>
    /// <param name="time">Gives the records their time.</param>
    public StateTopic(IEventLog log, string name, int maxBatchBytes, TimeProvider time)
    {
        (_log, _time, _partition, _groupBytes) = (log, time, new TopicPartition(name, 0), Math.Min(1 << 20, maxBatchBytes / 2));
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Called for each record at opening, oldest first; the value is null for a key that is gone.</summary>
    public delegate void Visitor(StateReader key, StateReader? value);

    /// <summary>Reads what was kept. Before the first write.</summary>
    public async Task LoadAsync(Visitor visit, CancellationToken ct)
    {
        if (await _log.FindTopicAsync(_partition.Topic, ct).ConfigureAwait(false) is null) return;
        _exists = true;
        var info = await _log.DescribeAsync(_partition, ct).ConfigureAwait(false);
        var reader = _log.OpenReader(_partition, info.StartOffset);
        await using (reader.ConfigureAwait(false))
        {
            while (reader.Position < info.EndOffsetExcl && await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct).ConfigureAwait(false) is { } block)
            {
                using (block) Visit(block, visit);
            }
        }
    }

    /// <summary>Makes a change and keeps it; done when it is durable and applied.</summary>
    /// <param name="prepare">Decides, knowing that changes are kept in the order in which they are prepared; null = nothing to do.</param>
    /// <param name="ct">Cancels waiting for room, not the write.</param>
    public async Task WriteAsync(Func<StateChange?> prepare, CancellationToken ct)
    {
        await _slots.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (Enqueue(prepare) is { } change) await change.Done.ConfigureAwait(false);
        }
        finally
        {
            _ = _slots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ = _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private static void Visit(RecordBlock block, Visitor visit)
    {
        foreach (var record in block)
        {
            visit(new StateReader(record.Key.ToArray()), record.IsTombstone ? null : new StateReader(record.Value.ToArray()));
        }
    }

    private StateChange? Enqueue(Func<StateChange?> prepare)
    {
        lock (_order)
        {
            var change = prepare();
            if (change is not null) ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(change), this);
            return change;
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TakeGroup();
            try
            {
                await AppendGroupAsync().ConfigureAwait(false);
                foreach (var change in _group) change.Complete();
            }
            catch (Exception e)
            {
                foreach (var change in _group) change.Fail(e);
            }
            _group.Clear();
            _batch.Clear();
        }
    }

    private void TakeGroup()
    {
        var bytes = 0;
        while (_queue.Reader.TryPeek(out var next))
        {
            bytes += next.SizeBytes;
            if (_group.Count > 0 && bytes > _groupBytes) return;
            if (_queue.Reader.TryRead(out var change)) _group.Add(change);
        }
    }

    private async Task AppendGroupAsync()
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var record in _group.SelectMany(c => c.Records))
        {
            if (record.Value is null) _batch.AddTombstone(nowMs, record.Key, []);
            else _batch.Add(nowMs, record.Key, record.Value);
        }
        if (_batch.Count == 0) return;
        if (!_exists) _ = await _log.CreateTopicAsync(_partition.Topic, new TopicOptions { Cleanup = CleanupPolicy.Compact, SegmentBytes = SegmentBytes }, CancellationToken.None).ConfigureAwait(false);
        _exists = true;
        _ = await _log.AppendAsync(_partition, _batch, null, CancellationToken.None).ConfigureAwait(false);
    }
}
