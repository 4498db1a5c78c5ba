using Leat.Storage;

namespace Leat.Log;

/// <summary>A place in the files of a partition: the batch that holds an offset. Owned by one reader at a time.</summary>
internal sealed class SegmentCursor(PartitionLog log) : IDisposable
{
    private const int ScanBytes = 64 << 10;
    private SegmentMap? _map;
    private bool _located;

    public DurableFile? File { get; private set; }

    public Segment? Segment { get; private set; }

    /// <summary>First byte of the batch.</summary>
    public long Position { get; private set; }

    /// <summary>First offset of the batch.</summary>
    public long BatchOffset { get; private set; }

    /// <summary>The sealed segment as memory; null for the one being written.</summary>
    public SegmentMap? Map => _map;

    /// <summary>Place for error messages.</summary>
    public string Where => $"{log.Context.Partition} {Segment?.LogPath}:{Position}";

    /// <summary>The next look-up begins from the index.</summary>
    public void Forget() => _located = false;

    /// <summary>Goes to the batch that holds <paramref name="offset"/>, or to the damage that hides it.</summary>
    public void MoveTo(PartitionView view, int index, long offset)
    {
        if (view.Segments[index] != Segment) Open(view, index);
        else if (_located) return;
        (Position, BatchOffset) = PointBefore(Segment!, offset);
        using var scanner = new SegmentScanner(File!, view.BytesOf(index), ScanBytes);
        while (true)
        {
            if (scanner.CheckBatch(Position, BatchOffset, out var header, out ReadOnlySpan<byte> _) is null)
            {
                if (header.EndOffsetExcl > offset) break;
                (Position, BatchOffset) = (Position + header.TotalBytes, header.EndOffsetExcl);
                continue;
            }
            var next = scanner.FindNext(Position, BatchOffset);
            if (next < 0 || !scanner.TryHeader(next, out var found) || found.BaseOffset > offset) break;
            (Position, BatchOffset) = (next, found.BaseOffset);
        }
        _located = true;
    }

    /// <summary>Goes on behind batches that were read.</summary>
    public void Advance(int bytes, long toOffset) => (Position, BatchOffset) = (Position + bytes, toOffset);

    /// <summary>Reads bytes from <see cref="Position"/> on; they must be there.</summary>
    public void Fill(Span<byte> into)
    {
        if (File!.Read(into, Position) < into.Length) throw new EndOfStreamException($"{File.Path} is shorter than it was");
    }

    public void Dispose()
    {
        File?.Dispose();
        _map?.Dispose();
        (File, _map, Segment, _located) = (null, null, null, false);
    }

    private void Open(PartitionView view, int index)
    {
        Dispose();
        var segment = view.Segments[index];
        File = log.Context.Files.OpenRead(segment.LogPath);
        if (index < view.Segments.Length - 1) _map = SegmentMap.TryOpen(File, segment);
        Segment = segment;
    }

    private (long Position, long Offset) PointBefore(Segment segment, long offset)
    {
        var points = log.PointsOf(segment);
        var index = points.FindLastIndex(p => p.Offset <= offset);
        return index < 0 ? (0, segment.BaseOffset) : (points[index].Position, points[index].Offset);
    }
}
