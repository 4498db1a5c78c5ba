using System.Collections.Concurrent;

namespace Leat.Streams.Views;

/// <summary>The views of all jobs of the process. Thread-safe.</summary>
internal sealed class ViewStore : IViewStore
{
    private readonly ConcurrentDictionary<string, IJobView> _views = new(StringComparer.Ordinal);

    public IReadOnlyList<IView> List() => [.. _views.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];

    public IView? Find(string name) => _views.GetValueOrDefault(name);

    public void Add(IJobView view, string job)
    {
        if (!_views.TryAdd(view.Name, view)) throw StreamErrors.NameTaken("view", view.Name, job);
    }

    public void Remove(IJobView view) => _views.TryRemove(KeyValuePair.Create(view.Name, view));
}
