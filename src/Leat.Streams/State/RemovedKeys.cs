using Leat.Streams.Kernels;

namespace Leat.Streams.State;

/// <summary>Keys that were removed, each once, with copies of their texts.</summary>
/// <param name="copy">Copies a key's texts; null when it has none.</param>
internal sealed class RemovedKeys<TKey>(Func<TKey, TextArena, TKey>? copy) : IDisposable
{
    private readonly HashSet<TKey> _keys = [];
    private readonly List<TKey> _inOrder = [];
    private TextArena _texts = new();
    private int _next;

    public bool HasNext => _next < _inOrder.Count;

    public int Left => _inOrder.Count - _next;

    public void Add(TKey key)
    {
        if (_keys.Contains(key)) return;
        var kept = copy is null ? key : copy(key, _texts);
        _keys.Add(kept);
        _inOrder.Add(kept);
    }

    public TKey Next() => _inOrder[_next++];

    public void Clear()
    {
        if (_inOrder.Count == 0) return;
        _keys.Clear();
        _inOrder.Clear();
        _next = 0;
        _texts.Dispose();
        _texts = new TextArena();
    }

    public void Dispose() => _texts.Dispose();
}
