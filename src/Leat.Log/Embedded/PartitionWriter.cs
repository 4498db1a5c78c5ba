using System.Threading.Channels;
using Leat.Storage;

namespace Leat.Log;

/// <summary>The writing half of a partition: groups of appends. Only one thread at a time uses it.</summary>
internal sealed partial class PartitionWriter
{
    private const long MaxGroupBytes = 8 << 20;
    private const int MaxGroupParts = 1000;
    private readonly PartitionContext _context;
    private readonly Action<PartitionView> _publish;
    private readonly KeyWindow _keys;
    private readonly ProducerTable _producers;
    private readonly List<AppendRequest> _group = [];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly Dictionary<UInt128, AppendRequest> _groupKeys = [];
    private long _groupBytes;
    private long _groupEnd;
    private long _nowMs;

    public PartitionWriter(PartitionContext context, RecoveredPartition recovered, Action<PartitionView> publish)
    {
        _context = context;
        _publish = publish;
        (_mark, _keys, _file, Index) = (recovered.Mark, recovered.Keys, recovered.Last, recovered.Index);
        (_producers, _startOffset) = (recovered.Producers, recovered.StartOffset);
        _segments = [.. recovered.Segments];
        _maxTimestampMs = _segments.Max(s => s.MaxTimestampMs);
        _syncedBytes = Last.SizeBytes;
    }

    /// <summary>What readers may see as soon as it is published.</summary>
    public PartitionView View() => new(_segments, _startOffset, Last.EndOffsetExcl, Last.SizeBytes)
    {
        MaxTimestampMs = _maxTimestampMs,
        StableEndExcl = Math.Max(_startOffset, Math.Min(Last.EndOffsetExcl, _producers.FirstOpen)),
        Aborted = _producers.Aborted,
    };

    /// <summary>Writes what waits, up to some megabytes, with one write and one fsync, and completes it.</summary>
    public void Commit(ChannelReader<AppendRequest> queue)
    {
        _nowMs = _context.NowMs;
        while (_groupBytes < MaxGroupBytes && _parts.Count < MaxGroupParts && queue.TryRead(out var request)) Take(request);
        FlushGroup();
    }

    private void Take(AppendRequest request)
    {
        if (Failure is { } failure)
        {
            request.Fail(_context.Stopped(failure));
            return;
        }
        if (request.Key is { } key && AnsweredAsDuplicate(request, key)) return;
        if (!IsAdmitted(request)) return;
        var size = request.Batch.SizeBytes;
        if (Last.SizeBytes + _groupBytes + size > _context.Topic.SegmentBytes && Last.SizeBytes + _groupBytes > 0)
        {
            FlushGroup();
            if (!TryRoll(request)) return;
        }
        if (request.Batch.Header.ProducerId >= 0 && AnsweredByProducer(request)) return;
        Place(request);
    }

    /// <summary>Asks the sender; its failure is its own and never that of the writer thread.</summary>
    private static bool IsAdmitted(AppendRequest request)
    {
        try
        {
            if (request.Admit is not { } admit || admit()) return true;
            request.Complete(AppendOutcome.Refused(KafkaError.InvalidTxnState, "the transaction is not open, or the partition is not part of it"));
        }
        catch (Exception e)
        {
            request.Fail(e);
        }
        return false;
    }

    private void Place(AppendRequest request)
    {
        if (_group.Count == 0) _groupEnd = Last.EndOffsetExcl;
        request.BaseOffset = _groupEnd;
        _groupEnd += request.Batch.Header.Count;
        if (request.Key is { } key) _groupKeys[key] = request;
        _producers.Note(request.Batch.Header with { BaseOffset = request.BaseOffset }, request.Commits, _nowMs);
        _group.Add(request);
        _parts.Add(request.Batch.First);
        if (!request.Batch.Rest.IsEmpty) _parts.Add(request.Batch.Rest);
        _groupBytes += request.Batch.SizeBytes;
    }

    private bool AnsweredAsDuplicate(AppendRequest request, UInt128 key)
    {
        if (_keys.TryGet(key, out var known)) request.Complete(new AppendOutcome(KafkaError.None, known.BaseOffset, (int)known.Count, true));
        else if (_groupKeys.TryGetValue(key, out var first)) request.Follow(first);
        else return false;
        return true;
    }

    /// <summary>A producer's batch that is stored already, comes out of order or is fenced; a marker that ends nothing.</summary>
    private bool AnsweredByProducer(AppendRequest request)
    {
        var header = request.Batch.Header;
        var verdict = _producers.Check(header);
        if (verdict.Error != KafkaError.None) request.Complete(AppendOutcome.Refused(verdict.Error, verdict.Message!));
        else if (header.IsControl && !_producers.HasOpen(header.ProducerId)) AnswerAsEnded(request);
        else if (verdict.DuplicateOf < 0) return false;
        else if (verdict.DuplicateOf < Last.EndOffsetExcl) request.Complete(new AppendOutcome(KafkaError.None, verdict.DuplicateOf, header.Count, true));
        else request.Follow(_group.Find(r => r.BaseOffset == verdict.DuplicateOf)!); // not before the end, so it is in this group
        return true;
    }

    /// <summary>A marker that ends nothing; when another one of this group ended it, the answer waits until that one is stored.</summary>
    private void AnswerAsEnded(AppendRequest request)
    {
        var producer = request.Batch.Header.ProducerId;
        if (_group.FindLast(r => r.Batch.Header.IsControl && r.Batch.Header.ProducerId == producer) is { } first) request.Follow(first);
        else request.Complete(new AppendOutcome(KafkaError.None, -1, 0, false));
    }

    private void FlushGroup()
    {
        if (_group.Count == 0) return;
        try
        {
            if (Failure is { } failure) throw _context.Stopped(failure);
            foreach (var request in _group) BatchHeader.WriteBaseOffset(request.Batch.First.Span, request.BaseOffset);
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

    /// <summary>The group is as durable as promised: note it, show it, then answer.</summary>
    private void Accept()
    {
        foreach (var request in _group) Note(request);
        _producers.Accept();
        if (_context.Topic.Durability == Durability.Fsync) NoteSynced();
        _publish(View());
        foreach (var request in _group) request.Complete(new AppendOutcome(KafkaError.None, request.BaseOffset, request.Batch.Header.Count, false));
    }

    private void Note(AppendRequest request)
    {
        var header = request.Batch.Header with { BaseOffset = request.BaseOffset };
        if (Last.SizeBytes == 0) Last.BegunMs = _nowMs;
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
        _producers.Refuse();
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
            answer = _context.Stopped(Failure);
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
}
