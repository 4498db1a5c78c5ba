using System.Buffers;
using Leat.Storage;

namespace Leat.Log;

/// <summary>Recovers the segment that was being written: index, then the fsynced part, then what came after it.</summary>
internal sealed class LastSegmentRecovery(PartitionContext context, Action<LogRecovery> report, Segment segment, DurableFile file)
{
    private const int WindowBytes = 1 << 20;

    /// <summary>Leaves the file fsynced and ending with a whole batch.</summary>
    public SegmentIndex Run(DurableMark mark, List<KeyEntry> keys)
    {
        var fileBytes = file.Length;
        var index = RestoreIndex(fileBytes, keys);
        var replay = new SegmentReplay(context, report, segment, index);
        using var scanner = new SegmentScanner(file, fileBytes, WindowBytes);
        var (markedBase, markedBytes, markedEnd) = mark.Read();
        if (markedBase == segment.BaseOffset && markedBytes <= fileBytes) replay.Trusted(scanner, markedBytes, markedEnd, keys.Add);
        var fsyncedBytes = segment.SizeBytes;
        replay.UpToFirstInvalid(scanner, keys.Add);
        if (markedEnd > segment.EndOffsetExcl) TellLostTail(markedBase == segment.BaseOffset ? markedBytes : segment.SizeBytes, markedEnd);
        if (segment.SizeBytes < fileBytes) CutTail(fileBytes);
        if (segment.SizeBytes > fsyncedBytes) WriteAgain(fsyncedBytes);
        if (fileBytes > fsyncedBytes) file.Sync();
        if ((markedBase, markedBytes, markedEnd) != (segment.BaseOffset, segment.SizeBytes, segment.EndOffsetExcl)) mark.Write(segment.BaseOffset, segment.SizeBytes, segment.EndOffsetExcl);
        index.Save();
        return index;
    }

    private SegmentIndex RestoreIndex(long fileBytes, List<KeyEntry> keys)
    {
        var index = new SegmentIndex(context.Files, segment, context.Options.IndexIntervalBytes);
        var entries = IndexFile.Load(context.Files, segment.IndexPath, keys);
        if (entries is not null && IndexFile.ReadTrailer(context.Files, segment.IndexPath) is { } trailer && trailer.ToBytes <= fileBytes)
        {
            index.Restore(entries, trailer);
            (segment.SizeBytes, segment.EndOffsetExcl, segment.MaxTimestampMs) = (trailer.ToBytes, trailer.EndOffsetExcl, trailer.MaxTimestampMs);
            return index;
        }
        keys.Clear();
        context.Files.Delete(segment.IndexPath);
        return index;
    }

    /// <summary>Somebody cut the file below its fsynced end, or removed it.</summary>
    private void TellLostTail(long markedBytes, long markedEnd)
    {
        context.Logger.LostTail(context.Partition, segment.LogPath, segment.EndOffsetExcl, markedEnd);
        report(new LogRecovery(context.Partition, LogRecoveryKind.LostTail, segment.LogPath, segment.SizeBytes, markedBytes - segment.SizeBytes, segment.EndOffsetExcl, markedEnd));
    }

    private void CutTail(long fileBytes)
    {
        var removed = fileBytes - segment.SizeBytes;
        file.Truncate(segment.SizeBytes);
        var torn = new LogRecovery(context.Partition, LogRecoveryKind.TornTail, segment.LogPath, segment.SizeBytes, removed, segment.EndOffsetExcl, segment.EndOffsetExcl);
        context.Logger.TornTail(context.Partition, torn);
        report(torn);
    }

    /// <summary>After a failed fsync the cache may hold bytes that the disk never got and that count as written: only writing them again stores them.</summary>
    private void WriteAgain(long from)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(WindowBytes);
        try
        {
            for (var at = from; at < segment.SizeBytes;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(WindowBytes, segment.SizeBytes - at));
                if (file.Read(part.Span, at) != part.Length) throw new EndOfStreamException($"{file.Path} became shorter while it was recovered");
                file.Write(part, at);
                at += part.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
