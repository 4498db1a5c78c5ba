using Leat.Storage;

namespace Leat.Log;

/// <summary>Opens a partition: trusts what indexes vouch for, checks the rest, removes an unfinished end.</summary>
internal sealed class PartitionRecovery(PartitionContext context, Action<LogRecovery> report)
{
    private readonly List<(Segment Segment, bool HasKeys)> _sealed = [];

    /// <summary>The partition, ready to be continued.</summary>
    /// <remarks>Folders are fsynced even when nothing is new: a killed process may have made names that were never stored.</remarks>
    public RecoveredPartition Run()
    {
        context.Files.CreateFolder(context.Folder);
        var start = OffsetFile.Read(context.Folder, OffsetFile.Start);
        var segments = FindSegments();
        DropEmptyEnd(segments);
        DropBefore(segments, start);
        TellMissingStart(segments, start);
        if (segments.Count == 0) segments.Add(new Segment(context.Folder, start) { BegunMs = context.NowMs });
        OpenAllSealed(segments);
        var mark = new DurableMark(context.Files, context.Folder);
        var last = segments[^1];
        var file = context.Files.OpenOrCreate(last.LogPath);
        try
        {
            context.Files.SyncFolder(context.Folder);
            var lastKeys = new List<KeyEntry>();
            var index = new LastSegmentRecovery(context, report, last, file).Run(mark, lastKeys);
            var producers = ProducerRecovery.Run(context, segments);
            return new RecoveredPartition(segments, file, index, mark, CollectKeys(lastKeys), producers, Start(start, segments[0].BaseOffset, last.EndOffsetExcl));
        }
        catch
        {
            file.Dispose();
            mark.Dispose();
            throw;
        }
    }

    /// <summary>One segment an offset: of a rewritten one the newest file, which was whole before it got its name; the others are left-overs, as are files cut off while they were written.</summary>
    private List<Segment> FindSegments()
    {
        foreach (var unfinished in Directory.EnumerateFiles(context.Folder, DurableFiles.TemporaryPrefix + "*")) context.Files.Delete(unfinished);
        foreach (var index in Directory.EnumerateFiles(context.Folder, "*.index"))
        {
            if (!File.Exists(Path.ChangeExtension(index, Segment.Extension))) context.Files.Delete(index);
        }
        var newest = new List<Segment>();
        foreach (var same in Segment.List(context.Folder).GroupBy(s => s.BaseOffset))
        {
            newest.Add(same.Last());
            foreach (var old in same.SkipLast(1)) old.Remove(context.Files);
        }
        return newest;
    }

    /// <summary>A crash while a segment was begun leaves an empty file that says nothing: the segment before it goes on.</summary>
    private void DropEmptyEnd(List<Segment> segments)
    {
        while (segments.Count > 1 && new FileInfo(segments[^1].LogPath).Length == 0)
        {
            segments[^1].Remove(context.Files);
            segments.RemoveAt(segments.Count - 1);
        }
    }

    /// <summary>Segments that were to be removed and are still there, or there again after a power cut.</summary>
    private void DropBefore(List<Segment> segments, long start)
    {
        while (segments.Count > 1 && segments[1].BaseOffset <= start)
        {
            segments[0].Remove(context.Files);
            segments.RemoveAt(0);
        }
    }

    /// <summary>The start is durable before a segment is removed: one that is missing after it was lost.</summary>
    private void TellMissingStart(List<Segment> segments, long start)
    {
        if (segments.Count == 0 || segments[0].BaseOffset <= start) return;
        report(new LogRecovery(context.Partition, LogRecoveryKind.MissingSegment, segments[0].LogPath, 0, 0, start, segments[0].BaseOffset));
    }

    /// <summary>First offset kept: what was noted, as far as the segments bear it out; a note that they do not bear out is written anew.</summary>
    private long Start(long noted, long firstOffset, long endOffsetExcl)
    {
        var start = Math.Clamp(noted, firstOffset, endOffsetExcl);
        if (start != noted) OffsetFile.Write(context.Files, context.Folder, OffsetFile.Start, start);
        return start;
    }

    /// <summary>A segment that the one before it covers was merged into it, and only its removal is missing.</summary>
    private void OpenAllSealed(List<Segment> segments)
    {
        for (var i = 0; i < segments.Count - 1; i++)
        {
            OpenSealed(segments[i], segments[i + 1].BaseOffset);
            while (segments[i].Generation > 0 && i + 1 < segments.Count && segments[i + 1].BaseOffset < segments[i].EndOffsetExcl)
            {
                segments[i + 1].Remove(context.Files);
                segments.RemoveAt(i + 1);
            }
            if (i + 1 < segments.Count && segments[i].EndOffsetExcl < segments[i + 1].BaseOffset) Missing(segments[i], segments[i + 1].BaseOffset);
        }
    }

    private void OpenSealed(Segment segment, long nextBase)
    {
        segment.SizeBytes = new FileInfo(segment.LogPath).Length;
        var trailer = IndexFile.ReadTrailer(context.Files, segment.IndexPath);
        if (trailer?.ToBytes != segment.SizeBytes || (trailer?.EndOffsetExcl > nextBase && segment.Generation == 0)) trailer = RebuildSealed(segment, nextBase);
        segment.EndOffsetExcl = trailer!.Value.EndOffsetExcl;
        segment.MaxTimestampMs = trailer.Value.MaxTimestampMs;
        _sealed.Add((segment, trailer.Value.TotalKeys > 0));
    }

    private void Missing(Segment segment, long nextBase) =>
        report(new LogRecovery(context.Partition, LogRecoveryKind.MissingSegment, segment.LogPath, segment.SizeBytes, 0, segment.EndOffsetExcl, nextBase));

    private IndexTrailer RebuildSealed(Segment segment, long nextBase)
    {
        using var file = context.Files.OpenRead(segment.LogPath);
        var size = segment.SizeBytes;
        (segment.SizeBytes, segment.EndOffsetExcl, segment.MaxTimestampMs) = (0, segment.BaseOffset, -1);
        context.Files.Delete(segment.IndexPath);
        var index = new SegmentIndex(context.Files, segment, context.Options.IndexIntervalBytes);
        var replay = new SegmentReplay(context, report, segment, index);
        using var scanner = new SegmentScanner(file, size, 1 << 20);
        replay.Trusted(scanner, size, nextBase, _ => { });
        index.Save();
        context.Logger.IndexRebuilt(context.Partition, segment.LogPath);
        return IndexFile.ReadTrailer(context.Files, segment.IndexPath) ?? new IndexTrailer { EndOffsetExcl = segment.EndOffsetExcl, MaxTimestampMs = segment.MaxTimestampMs };
    }

    /// <summary>Reads keys from the newest segment backwards until there are enough, then adds them in the order of the log.</summary>
    private KeyWindow CollectKeys(List<KeyEntry> lastKeys)
    {
        var limit = context.Options.IdempotencyKeys;
        var lists = new List<List<KeyEntry>> { lastKeys };
        var found = lastKeys.Count;
        for (var i = _sealed.Count - 1; i >= 0 && found < limit; i--)
        {
            if (!_sealed[i].HasKeys) continue;
            var keys = KeysOf(_sealed[i].Segment);
            lists.Add(keys);
            found += keys.Count;
        }
        lists.Reverse();
        var window = new KeyWindow(limit);
        foreach (var key in lists.SelectMany(l => l)) window.Add(key);
        return window;
    }

    private List<KeyEntry> KeysOf(Segment segment)
    {
        var keys = new List<KeyEntry>();
        if (IndexFile.Load(context.Files, segment.IndexPath, keys) is not null) return keys;
        _ = RebuildSealed(segment, segment.EndOffsetExcl);
        keys.Clear();
        _ = IndexFile.Load(context.Files, segment.IndexPath, keys);
        return keys;
    }
}
