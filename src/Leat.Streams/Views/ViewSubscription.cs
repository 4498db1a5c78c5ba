namespace Leat.Streams.Views;

/// <summary>Committed changes waiting for one subscriber: at most one a key and window, so never more than the view holds. Thread-safe.</summary>
internal sealed class ViewSubscription
{
    private readonly Lock _gate = new();
    private Dictionary<(long Window, string Key), ViewChange> _waiting = [];

    public void Add(IEnumerable<ViewChange> changes)
    {
        lock (_gate)
            foreach (var change in changes) _waiting[(change.Window, change.Key)] = change;
    }

    public IReadOnlyCollection<ViewChange> Take()
    {
        lock (_gate)
        {
            var taken = _waiting.Values;
            _waiting = [];
            return taken;
        }
    }
}
