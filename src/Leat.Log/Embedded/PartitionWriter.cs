using System.Threading.Channels;
using Leat.Storage;

namespace Leat.Log;

/// <summary>The writing half of a partition. Only one thread at a time uses it.</summary>
internal sealed class PartitionWriter
{
    private const long MaxGroupBytes = 8 << 20;
    private const int MaxGroupParts = 1000;
    private const long SaveIndexEveryBytes = 16 << 20;
    private readonly PartitionContext _context;
    private readonly Action<PartitionView> _publish;
    private readonly DurableMark _mark;
    private readonly KeyWindow _keys;
    private readonly List<AppendRequest> _group = [];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly Dictionary<UInt128, AppendRequest> _groupKeys = [];
    private Segment[] _segments;
    private DurableFile _file;
    private long _groupBytes;
    private long _syncedBytes;
    private long _maxTimestampMs;

    public PartitionWriter(PartitionContext context, RecoveredPartition recovered, Action<PartitionView> publish)
    {
        _context = context;
        _publish = publish;
        (_mark, _keys, _file, Index) = (recovered.Mark, recovered.Keys, recovered.Last, recovered.Index);
        _segments = [.. recovered.Segments];
        _maxTimestampMs = _segments.Max(s => s.MaxTimestampMs);
        _syncedBytes = Last.SizeBytes;
    }

    /// <summary>Index of the last segment.</summary>
    public SegmentIndex Index { get; private set; }

    /// <summary>Why the partition stopped; null while it works.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether something acknowledged is not fsynced.</summary>
    public bool HasUnsynced => Last.SizeBytes > Volatile.Read(ref _syncedBytes);

    private Segment Last => _segments[^1];

    public PartitionView View() => new(_segments, Last.EndOffsetExcl, Last.SizeBytes, _maxTimestampMs);

    /// <summary>Writes what waits, up to some megabytes, with one write and one fsync, and completes it.</summary>
    public void Commit(ChannelReader<AppendRequest> queue)
    {
        while (_groupBytes < MaxGroupBytes && _parts.Count < MaxGroupParts && queue.TryRead(out var request)) Take(request);
        FlushGroup();
    }

    /// <summary>Fsync between appends, for topics that do not wait for it.</summary>
    public void SyncDue()
    {
        if (Failure is not null || !HasUnsynced) return;
        try
        {
            Sync();
        }
        catch (Exception e)
        {
            Stop(e);
        }
    }

    /// <summary>Leaves everything fsynced and indexed, and closes.</summary>
    public void Finish()
    {
        SyncDue();
        if (Failure is null) SaveIndex();
        _file.Dispose();
        _mark.Dispose();
    }

    private void Take(AppendRequest request)
    {
        if (Failure is { } failure)
        {
            request.Fail(LogErrors.Stopped(_context.Where, failure));
            return;
        }
        if (request.Key is { } key && AnsweredAsDuplicate(request, key)) return;
        var size = request.Batch.SizeBytes;
        if (Last.SizeBytes + _groupBytes + size > _context.Topic.SegmentBytes && Last.SizeBytes + _groupBytes > 0)
        {
            FlushGroup();
            if (!TryRoll(request)) return;
        }
        if (request.Key is { } newKey) _groupKeys[newKey] = request;
        _group.Add(request);
        _parts.Add(request.Batch.First);
        if (!request.Batch.Rest.IsEmpty) _parts.Add(request.Batch.Rest);
        _groupBytes += size;
    }

    private bool AnsweredAsDuplicate(AppendRequest request, UInt128 key)
    {
        if (_keys.TryGet(key, out var known)) request.Complete(new AppendResult(known.BaseOffset, (int)known.Count, true));
        else if (_groupKeys.TryGetValue(key, out var first)) request.Follow(first);
        else return false;
        return true;
    }

    private void FlushGroup()
    {
        if (_group.Count == 0) return;
        try
        {
            if (Failure is { } failure) throw LogErrors.Stopped(_context.Where, failure);
            PlaceGroup();
            _file.Write(_parts, Last.SizeBytes);
            if (_context.Topic.Durability == Durability.Fsync) SyncFile();
            Accept();
        }
        catch (Exception e)
        {
            Refuse(e);
        }
        finally
        {
            _group.Clear();
            _parts.Clear();
            _groupKeys.Clear();
            _groupBytes = 0;
        }
    }

    private void PlaceGroup()
    {
        var offset = Last.EndOffsetExcl;
        foreach (var request in _group)
        {
            BatchHeader.WriteBaseOffset(request.Batch.First.Span, offset);
            offset += request.Batch.Header.Count;
        }
    }

    /// <summary>The group is as durable as promised: note it, show it, then answer.</summary>
    private void Accept()
    {
        var first = Last.EndOffsetExcl;
        foreach (var request in _group) Note(request);
        if (_context.Topic.Durability == Durability.Fsync) NoteSynced();
        _publish(View());
        foreach (var request in _group)
        {
            request.Complete(new AppendResult(first, request.Batch.Header.Count, false));
            first += request.Batch.Header.Count;
        }
    }

    private void Note(AppendRequest request)
    {
        var header = request.Batch.Header with { BaseOffset = Last.EndOffsetExcl };
        Index.Add(header, Last.SizeBytes, Last.MaxTimestampMs);
        if (request.Key is { } key)
        {
            var entry = new KeyEntry(key, header.BaseOffset, header.Count);
            _keys.Add(entry);
            Index.AddKey(entry);
        }
        Last.SizeBytes += request.Batch.SizeBytes;
        Last.EndOffsetExcl = header.EndOffsetExcl;
        Last.MaxTimestampMs = Math.Max(Last.MaxTimestampMs, header.MaxTimestampMs);
        _maxTimestampMs = Math.Max(_maxTimestampMs, header.MaxTimestampMs);
    }

    /// <summary>Disk full: cut the partial write and go on. Anything else: the state of the file is unknown, so stop.</summary>
    private void Refuse(Exception error)
    {
        var answer = error;
        if (error is IOException io && DiskErrors.IsFull(io) && Failure is null && TryCutBack(error))
        {
            _context.Logger.DiskFull(_context.Partition, _groupBytes);
            answer = LogErrors.DiskFull(_context.Where, error);
        }
        else if (Failure is null)
        {
            answer = Stop(error);
        }
        else if (error is not Core.LeatException)
        {
            answer = LogErrors.Stopped(_context.Where, Failure);
        }
        foreach (var request in _group) request.Fail(answer);
    }

    private bool TryCutBack(Exception cause)
    {
        try
        {
            _file.Truncate(Last.SizeBytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ = Stop(new AggregateException(cause, e));
            return false;
        }
    }

    private Core.LeatException Stop(Exception error)
    {
        Failure = error;
        _context.Logger.Stopped(_context.Partition, error);
        return LogErrors.Stopped(_context.Where, error);
    }

    /// <summary>Seals the last segment and begins the next; on failure the request is answered.</summary>
    private bool TryRoll(AppendRequest request)
    {
        try
        {
            if (Failure is { } failure) throw LogErrors.Stopped(_context.Where, failure);
            Roll();
            return true;
        }
        catch (IOException e) when (DiskErrors.IsFull(e) && Failure is null)
        {
            request.Fail(LogErrors.DiskFull(_context.Where, e));
        }
        catch (Exception e)
        {
            request.Fail(Failure is null ? Stop(e) : LogErrors.Stopped(_context.Where, Failure));
        }
        return false;
    }

    private void Roll()
    {
        if (HasUnsynced) Sync();
        var next = new Segment(_context.Folder, Last.EndOffsetExcl);
        var file = _context.Files.OpenOrCreate(next.LogPath);
        try
        {
            _context.Files.SyncFolder(_context.Folder);
        }
        catch
        {
            file.Dispose();
            _context.Files.Delete(next.LogPath);
            throw;
        }
        SaveIndex();
        _file.Dispose();
        _file = file;
        _segments = [.. _segments, next];
        Index = new SegmentIndex(_context.Files, next, _context.Options.IndexIntervalBytes);
        Volatile.Write(ref _syncedBytes, 0);
        _publish(View());
    }

    private void Sync()
    {
        SyncFile();
        NoteSynced();
    }

    /// <summary>An fsync that fails may have lost what was written, even if the next one succeeds: the partition must not go on.</summary>
    private void SyncFile()
    {
        try
        {
            _file.Sync();
        }
        catch (Exception e)
        {
            _ = Stop(e);
            throw;
        }
    }

    private void NoteSynced()
    {
        Volatile.Write(ref _syncedBytes, Last.SizeBytes);
        try
        {
            _mark.Write(Last.BaseOffset, Last.SizeBytes, Last.EndOffsetExcl);
        }
        catch (IOException e)
        {
            _context.Logger.SideFileFailed(_context.Partition, e);
        }
        if (Last.SizeBytes - Index.SavedBytes >= SaveIndexEveryBytes) SaveIndex();
    }

    private void SaveIndex()
    {
        try
        {
            Index.Save();
        }
        catch (IOException e)
        {
            _context.Logger.SideFileFailed(_context.Partition, e);
        }
    }
}
