namespace Leat.Log;

/// <summary>Reader of an embedded partition: sealed segments as mapped memory, the one being written by pread from the page cache; checks every batch, waits for the writer's signal.</summary>
internal sealed class PartitionReader(PartitionLog log, long fromOffset) : ILogReader
{
    private const int SmallestRead = 64 << 10;
    private readonly BufferPool _pool = new();
    private readonly SegmentCursor _cursor = new(log);
    private bool _disposed;

    public long Position { get; private set; } = fromOffset;

    public void Seek(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset == Position) return;
        Position = offset;
        _cursor.Forget();
    }

    public async ValueTask<RecordBlock?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var block = TryRead(maxBytes);
        if (block is not null || maxWait == TimeSpan.Zero) return block;
        var time = log.Context.Time;
        var begun = time.GetTimestamp();
        while (true)
        {
            var left = maxWait == Timeout.InfiniteTimeSpan ? maxWait : maxWait - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan) return null;
            await log.WhenBeyond(Position, committedOnly: true).WaitAsync(left, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            if (TryRead(maxBytes) is { } found) return found;
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _cursor.Dispose();
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private RecordBlock? TryRead(int maxBytes)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            log.ThrowIfClosed();
            var view = log.View;
            if (Position < view.StartOffset || Position > view.EndOffsetExcl) throw LogErrors.OutOfRange(log.Context.Where, Position, view);
            if (Position >= view.StableEndExcl) return null;
            try
            {
                return Read(view, maxBytes);
            }
            catch (FileNotFoundException) when (log.View.Segments != view.Segments)
            {
                // Rewritten or removed since the view was taken: look again.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.ThrowIfClosed();
                throw LogErrors.ReadFailed(log.Context.Where, e);
            }
        }
    }

    private RecordBlock Read(PartitionView view, int maxBytes)
    {
        var index = view.IndexOf(Position);
        if (Position >= view.EndOf(index)) throw MissingSegment(view, index);
        _cursor.MoveTo(view, index, Position);
        return _cursor.Map is { } map ? ReadMapped(view, index, map, maxBytes) : ReadCopied(view, index, maxBytes);
    }

    private unsafe RecordBlock ReadMapped(PartitionView view, int index, SegmentMap map, int maxBytes)
    {
        var available = view.BytesOf(index) - _cursor.Position;
        var start = map.At(_cursor.Position);
        var want = (int)Math.Min(available, Math.Max(maxBytes, BatchHeader.Size));
        if (want >= BatchHeader.Size) want = (int)Math.Max(want, Math.Min(available, BatchHeader.Read(new ReadOnlySpan<byte>(start, BatchHeader.Size)).TotalBytes));
        map.Populate(_cursor.Position, want);
        var bytes = new ReadOnlySpan<byte>(start, want);
        var found = BatchCheck.Check(bytes, _cursor.BatchOffset, view, committedOnly: true);
        if (found.Problem is not null) throw Damaged(view, index);
        if (found.NeedsCopy) return Copy(view, bytes[..found.Bytes], maxBytes);
        var block = new RecordBlock(map, _cursor.Position, ExtentOf(bytes, found, found.Bytes), log.Context.Where);
        Advance(found);
        return block;
    }

    private RecordBlock ReadCopied(PartitionView view, int index, int maxBytes)
    {
        var available = view.BytesOf(index) - _cursor.Position;
        var want = (int)Math.Min(available, Math.Max(maxBytes, BatchHeader.Size));
        var buffer = _pool.Rent(Math.Max(maxBytes, SmallestRead));
        try
        {
            _cursor.Fill(buffer.Span[..want]);
            var first = want < BatchHeader.Size ? 0 : BatchHeader.Read(buffer.Span).TotalBytes;
            if (first > want && first <= available)
            {
                want = (int)first;
                if (want > buffer.Capacity)
                {
                    _pool.Return(buffer);
                    buffer = _pool.Rent(want);
                }
                _cursor.Fill(buffer.Span[..want]);
            }
            var found = BatchCheck.Check(buffer.Span[..want], _cursor.BatchOffset, view, committedOnly: true);
            if (found.Problem is not null) throw Damaged(view, index);
            if (found.NeedsCopy)
            {
                var copied = Copy(view, buffer.Span[..found.Bytes], maxBytes);
                _pool.Return(buffer);
                return copied;
            }
            var block = new RecordBlock(buffer, _pool, ExtentOf(buffer.Span, found, found.Bytes), log.Context.Where);
            Advance(found);
            return block;
        }
        catch
        {
            _pool.Return(buffer);
            throw;
        }
    }

    private RecordBlock Copy(PartitionView view, ReadOnlySpan<byte> bytes, int maxBytes)
    {
        using var copy = BatchCopy.Make(bytes, view, maxBytes, log.Context.Where, out var taken);
        var extent = ExtentOf(copy.Filled, taken, copy.Length);
        var block = new RecordBlock(copy.Detach(), null, extent, log.Context.Where);
        Advance(taken);
        return block;
    }

    private void Advance(in CheckedBatches read)
    {
        _cursor.Advance(read.Bytes, read.ToOffsetExcl);
        Position = read.ToOffsetExcl;
    }

    /// <summary>What the block covers; records of the first batch before <see cref="Position"/> do not count.</summary>
    private BlockExtent ExtentOf(ReadOnlySpan<byte> bytes, in CheckedBatches found, int length) =>
        new(length, Position, found.ToOffsetExcl, found.Records - RecordsBefore(bytes, Position));

    private static unsafe int RecordsBefore(ReadOnlySpan<byte> bytes, long offset)
    {
        var header = BatchHeader.Read(bytes);
        if (header.BaseOffset >= offset || header.IsControl || header.Count == 0) return 0;
        if (header.Count == header.LastOffsetDelta + 1) return (int)(offset - header.BaseOffset);
        var before = 0;
        fixed (byte* start = bytes)
        {
            var at = start + BatchHeader.Size;
            for (var i = 0; i < header.Count && RecordFields.TryRead(ref at, start + header.TotalBytes, out var fields); i++)
            {
                if (header.BaseOffset + fields.OffsetDelta < offset) before++;
            }
        }
        return before;
    }

    private DamagedBatchException Damaged(PartitionView view, int index)
    {
        using var scanner = new SegmentScanner(_cursor.File!, view.BytesOf(index), SmallestRead);
        var (problem, resume) = scanner.Diagnose(_cursor.Position, _cursor.BatchOffset, view.EndOf(index));
        return LogErrors.Damaged(_cursor.Where, Position, problem, resume);
    }

    private DamagedBatchException MissingSegment(PartitionView view, int index) =>
        LogErrors.Damaged($"{log.Context.Partition} {view.Segments[index].LogPath}", Position, "the segment file is missing", view.Segments[index + 1].BaseOffset);
}
