using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.Deduplication;

/// <summary>Keys that passed in one stretch of event time, with the time of each. Guarded by the shard's lock.</summary>
internal sealed class DedupPane<TKey>(KeyShape<TKey> shape) : IDisposable
{
    private readonly GroupTable<TKey> _keys = new(shape);
    private long[] _times = [];

    /// <summary>Keys held; rows count from 0.</summary>
    public int Count => _keys.Count;

    /// <summary>Rows that the last checkpoint has.</summary>
    public int Saved { get; set; }

    public long SizeBytes => _keys.SizeBytes + (_times.LongLength * sizeof(long));

    public TKey Key(int row) => _keys.Key(row);

    public long Time(int row) => _times[row];

    public bool TryFind(TKey key, int hash, out long time)
    {
        var row = _keys.Find(key, hash, 0);
        time = row < 0 ? 0 : _times[row];
        return row >= 0;
    }

    public void Add(TKey key, int hash, long time)
    {
        var row = _keys.FindOrAdd(key, hash, 0);
        if (_times.Length < _keys.Capacity) Array.Resize(ref _times, _keys.Capacity);
        _times[row] = time;
    }

    public void Dispose() => _keys.Dispose();
}
