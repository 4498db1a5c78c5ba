using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>
/// The producers of a partition: their epochs, last batches and open transactions. A group of appends works on copies (<see cref="Note"/>),
/// which count once the group is stored (<see cref="Accept"/>) and are forgotten when it is not (<see cref="Refuse"/>). Owned by the thread that writes the partition.
/// </summary>
internal sealed class ProducerTable(int capacity)
{
    private readonly Dictionary<long, ProducerEntry> _entries = [];
    private readonly Dictionary<long, ProducerEntry> _pending = [];
    private readonly List<AbortedRange> _pendingAborts = [];
    private readonly SortedSet<(long Since, long ProducerId)> _open = [];
    private AbortedRange[] _aborted = [];

    /// <summary>Producers known.</summary>
    public int Count => _entries.Count;

    public IReadOnlyCollection<ProducerEntry> Entries => _entries.Values;

    /// <summary>Transactions that were aborted and whose markers are still in the log, by the offset of the marker. Replaced, never changed.</summary>
    public AbortedRange[] Aborted => _aborted;

    /// <summary>First record of the oldest open transaction; <see cref="long.MaxValue"/> when there is none.</summary>
    public long FirstOpen => _open.Count == 0 ? long.MaxValue : _open.Min.Since;

    /// <summary>Whether the batch may be stored next.</summary>
    public ProducerVerdict Check(in BatchHeader header)
    {
        if (header.ProducerId < 0 || !TryFind(header.ProducerId, out var entry)) return ProducerVerdict.Store;
        if (header.ProducerEpoch < entry.Epoch)
            return new ProducerVerdict(KafkaError.InvalidProducerEpoch, -1, $"producer {header.ProducerId} comes with epoch {header.ProducerEpoch}, the partition knows epoch {entry.Epoch}");
        if (header.IsControl || header.BaseSequence < 0) return ProducerVerdict.Store;
        if (header.ProducerEpoch > entry.Epoch) return header.BaseSequence == 0 ? ProducerVerdict.Store : OutOfOrder(header, 0);
        foreach (ref readonly var batch in entry.Batches)
        {
            if (batch.FirstSequence == header.BaseSequence && batch.LastSequence == header.LastSequence) return new ProducerVerdict(KafkaError.None, batch.BaseOffset);
        }
        if (entry.Count == 0) return ProducerVerdict.Store;
        var next = (int)(((long)entry.Batches[^1].LastSequence + 1) & int.MaxValue);
        return header.BaseSequence == next ? ProducerVerdict.Store : OutOfOrder(header, next);
    }

    /// <summary>First offsets of the batches that are remembered.</summary>
    public HashSet<long> RememberedBatches()
    {
        var offsets = new HashSet<long>();
        foreach (var entry in _entries.Values)
        {
            foreach (ref readonly var batch in entry.Batches) _ = offsets.Add(batch.BaseOffset);
        }
        return offsets;
    }

    /// <summary>Whether a marker would end something here: the producer has a transaction open.</summary>
    public bool HasOpen(long producerId) => TryFind(producerId, out var entry) && entry.OpenSince >= 0;

    /// <summary>The batch gets its place in the group.</summary>
    /// <param name="header">With its base offset.</param>
    /// <param name="commits">For a marker: committed rather than aborted.</param>
    /// <param name="nowMs">Clock of the log.</param>
    public void Note(in BatchHeader header, bool commits, long nowMs)
    {
        if (header.ProducerId < 0) return;
        var entry = Touch(header.ProducerId);
        entry.SeenMs = nowMs;
        if (header.ProducerEpoch != entry.Epoch) entry.Begin(header.ProducerEpoch);
        if (header.IsControl)
        {
            var since = entry.OpenSince;
            entry.OpenSince = -1;
            if (!commits && since >= 0) _pendingAborts.Add(new AbortedRange(header.ProducerId, since, header.BaseOffset, Math.Min(OldestOpen(), header.EndOffsetExcl)));
            return;
        }
        if (header.BaseSequence >= 0) entry.Add(new ProducerBatch(header.BaseOffset, header.BaseSequence, header.LastSequence));
        if (header.IsTransactional && entry.OpenSince < 0) entry.OpenSince = header.BaseOffset;
    }

    /// <summary>The group is stored.</summary>
    public void Accept()
    {
        if (_pending.Count == 0) return;
        foreach (var (id, entry) in _pending) Put(id, entry);
        _pending.Clear();
        if (_pendingAborts.Count > 0)
        {
            _aborted = [.. _aborted, .. _pendingAborts];
            _pendingAborts.Clear();
        }
        if (_entries.Count > capacity) Forget(_entries.Count - capacity);
    }

    /// <summary>The group is not stored.</summary>
    public void Refuse()
    {
        _pending.Clear();
        _pendingAborts.Clear();
    }

    /// <summary>Takes over what a snapshot says.</summary>
    public void Restore(IEnumerable<ProducerEntry> entries, AbortedRange[] aborted)
    {
        foreach (var entry in entries) Put(entry.ProducerId, entry);
        _aborted = aborted;
    }

    /// <summary>Forgets what may have gone on in records that are not there any more; epochs stay, so that who was fenced remains so.</summary>
    public void ForgetBatches()
    {
        _open.Clear();
        foreach (var entry in _entries.Values.ToList()) _entries[entry.ProducerId] = new ProducerEntry(entry.ProducerId) { Epoch = entry.Epoch, SeenMs = entry.SeenMs };
    }

    /// <summary>Forgets producers that were not heard of since <paramref name="beforeMs"/> and have nothing open.</summary>
    public void ForgetSilent(long beforeMs)
    {
        foreach (var entry in _entries.Values.Where(e => e.SeenMs < beforeMs && e.OpenSince < 0).ToList()) _ = _entries.Remove(entry.ProducerId);
    }

    /// <summary>Forgets aborted transactions whose marker is gone.</summary>
    public void ForgetAborted(Func<AbortedRange, bool> isGone)
    {
        if (Array.Exists(_aborted, a => isGone(a))) _aborted = Array.FindAll(_aborted, a => !isGone(a));
    }

    /// <summary>First record of the oldest open transaction, what is pending included.</summary>
    private long OldestOpen()
    {
        var oldest = long.MaxValue;
        foreach (var (since, id) in _open)
        {
            if (_pending.TryGetValue(id, out var pending) && pending.OpenSince != since) continue;
            oldest = since;
            break;
        }
        foreach (var pending in _pending.Values)
        {
            if (pending.OpenSince >= 0) oldest = Math.Min(oldest, pending.OpenSince);
        }
        return oldest;
    }

    private static ProducerVerdict OutOfOrder(in BatchHeader header, int expected) =>
        new(KafkaError.OutOfOrderSequenceNumber, -1, $"producer {header.ProducerId} comes with sequence {header.BaseSequence}, expected is {expected}");

    private bool TryFind(long producerId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ProducerEntry? entry) =>
        _pending.TryGetValue(producerId, out entry) || _entries.TryGetValue(producerId, out entry);

    private ProducerEntry Touch(long producerId)
    {
        ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, producerId, out _);
        return pending ??= _entries.TryGetValue(producerId, out var known) ? known.Copy() : new ProducerEntry(producerId);
    }

    private void Put(long id, ProducerEntry entry)
    {
        if (_entries.TryGetValue(id, out var old) && old.OpenSince >= 0) _ = _open.Remove((old.OpenSince, id));
        if (entry.OpenSince >= 0) _ = _open.Add((entry.OpenSince, id));
        _entries[id] = entry;
    }

    /// <summary>Too many: those silent for longest go, a tenth of the capacity more than needed so that it is rare.</summary>
    private void Forget(int surplus)
    {
        foreach (var entry in _entries.Values.Where(e => e.OpenSince < 0).OrderBy(e => e.SeenMs).Take(surplus + (capacity / 10)).ToList()) _ = _entries.Remove(entry.ProducerId);
    }
}
