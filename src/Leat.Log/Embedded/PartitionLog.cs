using System.Threading.Channels;

namespace Leat.Log;

/// <summary>One partition: takes appends from any thread, lets one writer thread at a time commit them, shows readers what is durable.</summary>
internal sealed class PartitionLog
{
    private readonly Channel<AppendRequest> _queue;
    private readonly PartitionContext _context;
    private readonly WriterPool _writers;
    private readonly PartitionWriter _writer;
    private readonly Lock _signalLock = new();
    private TaskCompletionSource? _signal;
    private PartitionView _view;
    private int _scheduled;
    private volatile bool _syncDue;
    private volatile bool _closed;

    public PartitionLog(PartitionContext context, RecoveredPartition recovered, WriterPool writers)
    {
        _context = context;
        _writers = writers;
        _queue = Channel.CreateBounded<AppendRequest>(new BoundedChannelOptions(context.Options.QueueLength) { SingleReader = true });
        _writer = new PartitionWriter(context, recovered, Publish);
        _view = _writer.View();
    }

    public PartitionContext Context => _context;

    /// <summary>What readers may see now.</summary>
    public PartitionView View => Volatile.Read(ref _view);

    public bool IsClosed => _closed;

    /// <summary>Index points of the segment; none when its index file cannot be used.</summary>
    public List<IndexEntry> PointsOf(Segment segment)
    {
        var last = _writer.Index;
        return last.Segment == segment ? last.Snapshot() : IndexFile.Load(_context.Files, segment.IndexPath, null) ?? [];
    }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_writer.Failure is { } failure) throw LogErrors.Stopped(_context.Where, failure);
        try
        {
            await _queue.Writer.WriteAsync(request, ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException("the log was closed", e);
        }
        Schedule();
        return await request.Done.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Completes when there may be something at or after <paramref name="offset"/>, or the partition is closed.</summary>
    public Task WhenBeyond(long offset)
    {
        lock (_signalLock)
        {
            if (_view.EndOffsetExcl > offset || _closed) return Task.CompletedTask;
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
        _writer.Commit(_queue.Reader);
        if (_syncDue)
        {
            _syncDue = false;
            _writer.SyncDue();
        }
        Volatile.Write(ref _scheduled, 0);
        if (_queue.Reader.Count > 0) Schedule();
    }

    /// <summary>Refuses new appends; those under way are finished by the writer threads.</summary>
    public void Close()
    {
        _closed = true;
        _ = _queue.Writer.TryComplete();
        Wake();
    }

    /// <summary>After the writer threads ended: fsync, index, close.</summary>
    public void Finish()
    {
        while (_queue.Reader.Count > 0) _writer.Commit(_queue.Reader);
        _writer.Finish();
    }

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
