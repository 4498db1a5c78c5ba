using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Leat.Log;

/// <summary>One partition: takes appends from any thread, lets one writer thread at a time commit them, shows readers what is durable.</summary>
internal sealed class PartitionLog
{
    private readonly Channel<AppendRequest> _queue;
    private readonly PartitionContext _context;
    private readonly WriterPool _writers;
    private readonly PartitionWriter _writer;
    private readonly ConcurrentQueue<Action<PartitionWriter>> _orders = new();
    private readonly Lock _signalLock = new();
    private readonly Lock _turn = new();
    private TaskCompletionSource? _signal;
    private PartitionView _view;
    private int _scheduled;
    private volatile bool _syncDue;
    private volatile bool _closed;
    private bool _finished;

    public PartitionLog(PartitionContext context, RecoveredPartition recovered, WriterPool writers)
    {
        _context = context;
        _writers = writers;
        _queue = Channel.CreateBounded<AppendRequest>(new BoundedChannelOptions(context.Options.QueueLength) { SingleReader = true });
        _writer = new PartitionWriter(context, recovered, Publish);
        _view = _writer.View();
        Fetcher = new PartitionFetcher(this);
        CompactedTo = Math.Min(OffsetFile.Read(context.Folder, OffsetFile.Compacted), _view.EndOffsetExcl);
        if (CompactedTo > 0) NextHorizonMs = OffsetFile.Read(context.Folder, OffsetFile.Horizon);
    }

    public PartitionContext Context => _context;

    /// <summary>Reads batches as bytes.</summary>
    public PartitionFetcher Fetcher { get; }

    /// <summary>What readers may see now.</summary>
    public PartitionView View => Volatile.Read(ref _view);

    /// <summary>Index points of the segment; none when its index file cannot be used.</summary>
    public List<IndexEntry> PointsOf(Segment segment)
    {
        var last = _writer.Index;
        if (last.Segment == segment) return last.Snapshot();
        try
        {
            return IndexFile.Load(_context.Files, segment.IndexPath, null) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Logger.SideFileFailed(_context.Partition, e);
            return [];
        }
    }

    public async ValueTask<AppendOutcome> AppendAsync(AppendRequest request, CancellationToken ct)
    {
        ThrowIfClosed();
        if (_writer.Failure is { } failure) throw _context.Stopped(failure);
        try
        {
            await _queue.Writer.WriteAsync(request, ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Closed();
        }
        Schedule();
        return await request.Done.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>How far the partition is compacted; used by upkeep only.</summary>
    public long CompactedTo { get; set; }

    /// <summary>When the next tombstone may go, epoch milliseconds; used by upkeep only.</summary>
    public long NextHorizonMs { get; set; } = long.MaxValue;

    /// <exception cref="Core.LeatException">LEAT2001 the topic was deleted.</exception>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public void ThrowIfClosed()
    {
        if (_closed || _context.State.IsRetired) throw Closed();
    }

    /// <summary>Has the writer thread do something with the segments, between appends.</summary>
    public async Task<T> OrderAsync<T>(Func<PartitionWriter, T> order)
    {
        ThrowIfClosed();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(writer =>
        {
            try
            {
                _ = done.TrySetResult(order(writer));
            }
            catch (Exception e)
            {
                _ = done.TrySetException(e is not (IOException or UnauthorizedAccessException) ? e : _context.State.IsRetired ? _context.Gone() : LogErrors.ChangeFailed(_context.Where, e));
            }
        });
        Schedule();
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Completes when there may be something at or after <paramref name="offset"/>, or the partition is closed.</summary>
    public Task WhenBeyond(long offset, bool committedOnly)
    {
        lock (_signalLock)
        {
            if ((committedOnly ? _view.StableEndExcl : _view.EndOffsetExcl) > offset || _closed) return Task.CompletedTask;
            return (_signal ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Asks for an fsync of what was acknowledged without one.</summary>
    public void RequestSync()
    {
        if (!_writer.HasUnsynced || _closed) return;
        _syncDue = true;
        Schedule();
    }

    /// <summary>One turn of a writer thread: commits what waits, then makes room for other partitions.</summary>
    public void RunOnce()
    {
        lock (_turn)
        {
            if (_finished) return;
            _writer.Commit(_queue.Reader);
            RunOrders();
            if (_syncDue)
            {
                _syncDue = false;
                _writer.SyncDue();
            }
        }
        Volatile.Write(ref _scheduled, 0);
        if (_queue.Reader.Count > 0 || !_orders.IsEmpty) Schedule();
    }

    /// <summary>Refuses new appends; those under way are finished by the writer threads.</summary>
    public void Close()
    {
        _closed = true;
        _ = _queue.Writer.TryComplete();
        Wake();
        Fetcher.Dispose();
    }

    /// <summary>Closes the partition of a topic that was removed; what is under way is answered before.</summary>
    public async Task CloseDeletedAsync()
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(_ => finished.TrySetResult());
        Close();
        Schedule();
        await finished.Task.ConfigureAwait(false);
        Finish();
    }

    /// <summary>After the last turn of a writer thread, also one that is about to end: fsync, index, close.</summary>
    public void Finish()
    {
        lock (_turn)
        {
            while (_queue.Reader.Count > 0) _writer.Commit(_queue.Reader);
            lock (_orders) _finished = true;
            RunOrders();
            _writer.Finish();
        }
    }

    private void Enqueue(Action<PartitionWriter> order)
    {
        lock (_orders)
        {
            if (_finished) throw Closed();
            _orders.Enqueue(order);
        }
    }

    private void RunOrders()
    {
        while (_orders.TryDequeue(out var order)) order(_writer);
    }

    private Exception Closed() => _context.State.IsRetired ? _context.Gone() : new ObjectDisposedException("the log was closed");

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0) _writers.Enqueue(this);
    }

    private void Publish(PartitionView view)
    {
        lock (_signalLock) Volatile.Write(ref _view, view);
        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource? signal;
        lock (_signalLock) (signal, _signal) = (_signal, null);
        _ = signal?.TrySetResult();
    }
}
