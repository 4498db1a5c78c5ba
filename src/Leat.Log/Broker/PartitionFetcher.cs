using System.Buffers;

namespace Leat.Log;

/// <summary>Reads batches as bytes for many callers of one partition; remembers where the last ones ended, so that reading on costs no look-up. Thread-safe.</summary>
internal sealed class PartitionFetcher(PartitionLog log) : IDisposable
{
    private const int CursorsKept = 8;
    private readonly List<(long Offset, SegmentCursor Cursor)> _cursors = [];
    private bool _closed;

    /// <summary>Whole, checked batches from the one that holds <paramref name="fromOffset"/>.</summary>
    public BatchFetch Fetch(long fromOffset, int maxBytes, bool committedOnly)
    {
        while (true)
        {
            var view = log.View;
            if (log.Context.State.IsRetired) return BatchFetch.Failed(KafkaError.UnknownTopicOrPartition, null);
            if (fromOffset < view.StartOffset || fromOffset > view.EndOffsetExcl) return BatchFetch.Failed(KafkaError.OffsetOutOfRange, view);
            if (fromOffset >= (committedOnly ? view.StableEndExcl : view.EndOffsetExcl) || maxBytes <= 0) return new BatchFetch(KafkaError.None, null, 0, view);
            var cursor = Take(fromOffset);
            try
            {
                return Read(cursor, view, fromOffset, maxBytes, committedOnly);
            }
            catch (FileNotFoundException) when (log.View.Segments != view.Segments)
            {
                cursor.Dispose(); // rewritten or removed since the view was taken: look again
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                cursor.Dispose();
                if (log.Context.State.IsRetired) return BatchFetch.Failed(KafkaError.UnknownTopicOrPartition, null);
                log.Context.Logger.FetchFailed(log.Context.Partition, e);
                return BatchFetch.Failed(KafkaError.KafkaStorageError, view);
            }
        }
    }

    public void Dispose()
    {
        lock (_cursors)
        {
            _closed = true;
            foreach (var (_, cursor) in _cursors) cursor.Dispose();
            _cursors.Clear();
        }
    }

    private BatchFetch Read(SegmentCursor cursor, PartitionView view, long fromOffset, int maxBytes, bool committedOnly)
    {
        var index = view.IndexOf(fromOffset);
        if (fromOffset >= view.EndOf(index))
        {
            cursor.Dispose();
            return BatchFetch.Failed(KafkaError.CorruptMessage, view);
        }
        cursor.MoveTo(view, index, fromOffset);
        var available = view.BytesOf(index) - cursor.Position;
        var want = (int)Math.Min(available, Math.Max(maxBytes, BatchHeader.Size));
        var bytes = ArrayPool<byte>.Shared.Rent(want);
        cursor.Fill(bytes.AsSpan(0, want));
        var first = want < BatchHeader.Size ? 0 : BatchHeader.Read(bytes).TotalBytes;
        if (first > want && first <= available)
        {
            want = (int)first;
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = ArrayPool<byte>.Shared.Rent(want);
            cursor.Fill(bytes.AsSpan(0, want));
        }
        var found = BatchCheck.Check(bytes.AsSpan(0, want), cursor.BatchOffset, view, committedOnly);
        if (found.Problem is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            log.Context.Logger.DamagedFetch(log.Context.Partition, cursor.Where, fromOffset, found.Problem);
            cursor.Dispose();
            return BatchFetch.Failed(KafkaError.CorruptMessage, view);
        }
        cursor.Advance(found.Bytes, found.ToOffsetExcl);
        Keep(found.ToOffsetExcl, cursor);
        return new BatchFetch(KafkaError.None, bytes, found.Bytes, view) { Aborted = committedOnly ? view.AbortedIn(fromOffset, found.ToOffsetExcl) : [] };
    }

    private SegmentCursor Take(long offset)
    {
        lock (_cursors)
        {
            var index = _cursors.FindIndex(c => c.Offset == offset);
            if (index < 0) return new SegmentCursor(log);
            var cursor = _cursors[index].Cursor;
            _cursors.RemoveAt(index);
            return cursor;
        }
    }

    private void Keep(long offset, SegmentCursor cursor)
    {
        SegmentCursor? dropped = cursor;
        lock (_cursors)
        {
            if (!_closed)
            {
                _cursors.Add((offset, cursor));
                dropped = _cursors.Count > CursorsKept ? _cursors[0].Cursor : null;
                if (dropped is not null) _cursors.RemoveAt(0);
            }
        }
        dropped?.Dispose();
    }
}
