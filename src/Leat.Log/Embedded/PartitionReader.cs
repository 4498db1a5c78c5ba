using Leat.Storage;

namespace Leat.Log;

/// <summary>Reader of an embedded partition: reads by pread from the page cache, checks every batch, waits for the writer's signal.</summary>
internal sealed class PartitionReader(PartitionLog log, long fromOffset) : ILogReader
{
    private const int SmallestRead = 64 << 10;
    private readonly BufferPool _pool = new();
    private DurableFile? _file;
    private Segment? _segment;
    private long _filePosition;
    private long _batchOffset;
    private bool _located;
    private bool _disposed;

    public long Position { get; private set; } = fromOffset;

    public void Seek(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset == Position) return;
        (Position, _located) = (offset, false);
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
            await log.WhenBeyond(Position).WaitAsync(left, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            if (TryRead(maxBytes) is { } found) return found;
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _file?.Dispose();
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private RecordBlock? TryRead(int maxBytes)
    {
        ObjectDisposedException.ThrowIf(_disposed || log.IsClosed, this);
        var view = log.View;
        if (Position < view.StartOffset || Position > view.EndOffsetExcl) throw LogErrors.OutOfRange(log.Context.Where, Position, view);
        if (Position == view.EndOffsetExcl) return null;
        try
        {
            var index = view.IndexOf(Position);
            if (Position >= view.EndOf(index)) throw MissingSegment(view, index);
            if (view.Segments[index] != _segment || !_located) Locate(view, index);
            return ReadBatches(view, index, maxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LogErrors.ReadFailed(log.Context.Where, e);
        }
    }

    private RecordBlock ReadBatches(PartitionView view, int index, int maxBytes)
    {
        var available = view.BytesOf(index) - _filePosition;
        var want = (int)Math.Min(available, Math.Max(maxBytes, BatchHeader.Size));
        var buffer = _pool.Rent(Math.Max(maxBytes, SmallestRead));
        try
        {
            Fill(buffer, want);
            var first = want < BatchHeader.Size ? 0 : BatchHeader.Read(buffer.Span).TotalBytes;
            if (first > want && first <= available)
            {
                want = (int)first;
                if (want > buffer.Capacity)
                {
                    _pool.Return(buffer);
                    buffer = _pool.Rent(want);
                }
                Fill(buffer, want);
            }
            var extent = BatchCheck.Check(buffer.Span[..want], _batchOffset, Position);
            if (extent.Problem is not null) throw Damaged(view, index, extent);
            var block = new RecordBlock(buffer, _pool, extent.Extent, log.Context.Where);
            (Position, _batchOffset) = (extent.Extent.ToOffsetExcl, extent.Extent.ToOffsetExcl);
            _filePosition += extent.Extent.Bytes;
            return block;
        }
        catch
        {
            _pool.Return(buffer);
            throw;
        }
    }

    private void Fill(NativeBuffer buffer, int bytes)
    {
        if (_file!.Read(buffer.Span[..bytes], _filePosition) < bytes) throw new EndOfStreamException($"{_file.Path} is shorter than it was");
    }

    private Core.LeatException Damaged(PartitionView view, int index, CheckedBatches found)
    {
        var where = $"{log.Context.Partition} {_file!.Path}:{_filePosition}";
        if (found.Codec != 0) return LogErrors.Compressed(where, _batchOffset, found.Codec);
        using var scanner = new SegmentScanner(_file, view.BytesOf(index), SmallestRead);
        var (problem, resume) = scanner.Diagnose(_filePosition, _batchOffset, view.EndOf(index));
        return LogErrors.Damaged(where, Position, problem, resume);
    }

    private DamagedBatchException MissingSegment(PartitionView view, int index) =>
        LogErrors.Damaged($"{log.Context.Partition} {view.Segments[index].LogPath}", Position, "the segment file is missing", view.Segments[index + 1].BaseOffset);

    /// <summary>Goes to the batch that holds <see cref="Position"/>, or to the damage that hides it.</summary>
    private void Locate(PartitionView view, int index)
    {
        var segment = view.Segments[index];
        if (segment != _segment)
        {
            _file?.Dispose();
            _file = log.Context.Files.OpenRead(segment.LogPath);
            _segment = segment;
        }
        (_filePosition, _batchOffset) = PointBefore(segment, Position);
        using var scanner = new SegmentScanner(_file!, view.BytesOf(index), SmallestRead);
        while (true)
        {
            if (scanner.CheckBatch(_filePosition, _batchOffset, out var header, out _) is null)
            {
                if (header.EndOffsetExcl > Position) break;
                (_filePosition, _batchOffset) = (_filePosition + header.TotalBytes, header.EndOffsetExcl);
                continue;
            }
            var next = scanner.FindNext(_filePosition, _batchOffset);
            if (next < 0 || !scanner.TryHeader(next, out var found) || found.BaseOffset > Position) break;
            (_filePosition, _batchOffset) = (next, found.BaseOffset);
        }
        _located = true;
    }

    private (long Position, long Offset) PointBefore(Segment segment, long offset)
    {
        var points = log.PointsOf(segment);
        var index = points.FindLastIndex(p => p.Offset <= offset);
        return index < 0 ? (0, segment.BaseOffset) : (points[index].Position, points[index].Offset);
    }
}
