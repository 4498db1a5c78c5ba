using Leat.Storage;

namespace Leat.Log;

/// <summary>The segments: sealing, removing, replacing.</summary>
internal sealed partial class PartitionWriter
{
    private Segment[] _segments;
    private long _startOffset;
    private long _maxTimestampMs;

    /// <summary>Index of the last segment.</summary>
    public SegmentIndex Index { get; private set; }

    private Segment Last => _segments[^1];

    /// <summary>Removes the records before <paramref name="beforeOffset"/>; -1 = all.</summary>
    /// <returns>First offset kept.</returns>
    public long DeleteBefore(long beforeOffset)
    {
        ThrowIfStopped();
        var wanted = beforeOffset < 0 ? Last.EndOffsetExcl : beforeOffset;
        if (wanted > Last.EndOffsetExcl) throw LogErrors.OutOfRange(_context.Where, wanted, View());
        if (wanted > _startOffset) MoveStart(wanted);
        return _startOffset;
    }

    /// <summary>Removes whole segments that are too old or too many, oldest first; not what readers hold or an open transaction needs.</summary>
    public void Retain()
    {
        ThrowIfStopped();
        var topic = _context.Topic;
        if (!topic.Cleanup.HasFlag(CleanupPolicy.Delete) || (topic.Retention is null && topic.RetentionBytes is null)) return;
        if (IsExpired(Last) && Last.SizeBytes > 0 && Array.TrueForAll(_segments, IsExpired)) Roll();
        var (keepFrom, bytes) = (0, _segments.Sum(s => s.SizeBytes));
        while (keepFrom < _segments.Length - 1 && MayGo(_segments[keepFrom], bytes)) bytes -= _segments[keepFrom++].SizeBytes;
        if (keepFrom > 0) MoveStart(Math.Max(_startOffset, _segments[keepFrom].BaseOffset));

        bool MayGo(Segment segment, long kept) =>
            segment.Leases == 0 && segment.EndOffsetExcl <= _producers.FirstOpen && (IsExpired(segment) || (topic.RetentionBytes is { } most && kept - segment.SizeBytes >= most));
    }

    /// <summary>Seals the last segment when it is older than the topic allows.</summary>
    public void RollByAge()
    {
        ThrowIfStopped();
        if (Last.SizeBytes > 0 && _context.NowMs - Last.BegunMs >= _context.Topic.SegmentAge.TotalMilliseconds) Roll();
    }

    /// <summary>Seals the last segment, so that everything stored so far is in sealed ones.</summary>
    /// <returns>Offset of the new last segment.</returns>
    public long SealAndContinue()
    {
        ThrowIfStopped();
        if (Last.SizeBytes > 0) Roll();
        return Last.BaseOffset;
    }

    /// <summary>First offsets of the batches whose sequences the producers go by.</summary>
    public HashSet<long> RememberedBatches() => _producers.RememberedBatches();

    /// <summary>Forgets producers that were silent for long.</summary>
    public void ForgetSilentProducers(long beforeMs) => _producers.ForgetSilent(beforeMs);

    /// <summary>Puts rewritten files in the place of sealed segments.</summary>
    /// <param name="replacement">What takes whose place.</param>
    /// <returns>False when the segments are not there any more, and nothing was done.</returns>
    public bool Replace(SegmentReplacement replacement)
    {
        ThrowIfStopped();
        var first = Array.IndexOf(_segments, replacement.Old[0]);
        if (first < 0 || first + replacement.Old.Count > _segments.Length - 1 || !_segments.Skip(first).Take(replacement.Old.Count).SequenceEqual(replacement.Old)) return false;
        if (_producersDurableTo < replacement.New.EndOffsetExcl)
        {
            if (HasUnsynced) Sync();
            SaveProducersDurably();
        }
        replacement.Install(_context.Files, _context.Folder);
        _segments = [.. _segments[..first], replacement.New, .. _segments[(first + replacement.Old.Count)..]];
        _producers.ForgetAborted(a => replacement.RemovedMarkers.Contains(a.MarkerOffset));
        _publish(View());
        replacement.RemoveOld(_context.Files);
        return true;
    }

    /// <summary>Older than the topic keeps records; a segment whose records have no time counts from when it was begun.</summary>
    private bool IsExpired(Segment segment) =>
        _context.Topic.Retention is { } age && (segment.MaxTimestampMs >= 0 ? segment.MaxTimestampMs : segment.BegunMs) < _context.NowMs - age.TotalMilliseconds;

    /// <summary>The new start is durable before anything is removed: after a power cut, files that came back are known to be gone.</summary>
    private void MoveStart(long start)
    {
        if (start >= Last.EndOffsetExcl && Last.SizeBytes > 0) Roll();
        else if (HasUnsynced) Sync(); // a start beyond what is stored would hide records that come later
        var keepFrom = 0;
        while (keepFrom < _segments.Length - 1 && _segments[keepFrom + 1].BaseOffset <= start) keepFrom++;
        var gone = _segments[..keepFrom];
        if (_producers.Count > 0 && _producersDurableTo < _segments[keepFrom].BaseOffset) SaveProducersDurably();
        OffsetFile.Write(_context.Files, _context.Folder, OffsetFile.Start, start);
        _startOffset = start;
        _segments = _segments[keepFrom..];
        _producers.ForgetAborted(a => a.MarkerOffset < start);
        _publish(View());
        foreach (var segment in gone) segment.Remove(_context.Files);
    }

    private void ThrowIfStopped()
    {
        if (Failure is { } failure) throw _context.Stopped(failure);
    }

    /// <summary>Seals the last segment and begins the next; on failure the request is answered.</summary>
    private bool TryRoll(AppendRequest request)
    {
        try
        {
            ThrowIfStopped();
            Roll();
            return true;
        }
        catch (IOException e) when (DiskErrors.IsFull(e) && Failure is null)
        {
            request.Fail(LogErrors.DiskFull(_context.Where, e));
        }
        catch (Exception e)
        {
            request.Fail(Failure is null ? Stop(e) : _context.Stopped(Failure));
        }
        return false;
    }

    private void Roll()
    {
        if (HasUnsynced) Sync();
        var next = new Segment(_context.Folder, Last.EndOffsetExcl) { BegunMs = _context.NowMs };
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
        SaveSideFiles();
        _file.Dispose();
        _file = file;
        _segments = [.. _segments, next];
        Index = new SegmentIndex(_context.Files, next, _context.Options.IndexIntervalBytes);
        Volatile.Write(ref _syncedBytes, 0);
        _publish(View());
    }
}
