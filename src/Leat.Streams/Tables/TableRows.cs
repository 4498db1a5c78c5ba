using System.Runtime.CompilerServices;
using Leat.Streams.Kernels;
using Leat.Streams.Keys;

namespace Leat.Streams.Tables;

/// <summary>Rows of a lookup table as they were loaded together. Read by all workers; freed when the table has newer ones and the last chunk that saw these is through.</summary>
internal sealed class TableRows<TKey, TRow> : IDisposable
{
    private readonly GroupTable<TKey> _index = new(KeyShape<TKey>.Of());
    private TRow[] _rows = new TRow[16];
    private int _users = 1;

    public int Count => _index.Count;

    /// <summary>Memory of the rows' texts.</summary>
    public TextArena Arena { get; } = new();

    public long SizeBytes => _index.SizeBytes + Arena.SizeBytes + (_rows.LongLength * Unsafe.SizeOf<TRow>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(TKey key, out TRow? row)
    {
        var index = _index.Find(key, KeyHash.Of(key), 0);
        row = index < 0 ? default : _rows[index];
        return index >= 0;
    }

    /// <summary>While nobody reads yet.</summary>
    /// <returns>False: there is a row of the key.</returns>
    public bool TryAdd(TKey key, TRow row)
    {
        var index = _index.FindOrAdd(key, KeyHash.Of(key), 0);
        if (index < _index.Count - 1) return false;
        if (index >= _rows.Length) Array.Resize(ref _rows, _rows.Length * 2);
        _rows[index] = row;
        return true;
    }

    /// <summary>One more user, unless the memory is gone.</summary>
    public bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        return false;
    }

    /// <summary>One user less; the last one frees the memory.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        _index.Dispose();
        Arena.Dispose();
    }
}
