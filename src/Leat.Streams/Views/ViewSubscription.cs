using System.Collections.Immutable;

namespace Leat.Streams.Views;

/// <summary>Committed rows waiting for one subscriber: at most one a key and window, so never more than the view holds. Thread-safe.</summary>
internal sealed class ViewSubscription
{
    private readonly Lock _gate = new();
    private Dictionary<(long Window, string Key), ImmutableArray<object?>> _waiting = [];

    public void Add(IEnumerable<(long Window, string Key, ImmutableArray<object?> Row)> rows)
    {
        lock (_gate)
            foreach (var (window, key, row) in rows) _waiting[(window, key)] = row;
    }

    public ImmutableArray<ImmutableArray<object?>> Take()
    {
        lock (_gate)
        {
            var taken = _waiting.Values.ToImmutableArray();
            _waiting = [];
            return taken;
        }
    }
}
