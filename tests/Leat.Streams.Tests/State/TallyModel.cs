namespace Leat.Streams.Tests.State;

/// <summary>What <see cref="TallyFunction"/> does, with collections of the framework.</summary>
internal sealed class TallyModel
{
    private readonly SortedDictionary<string, (long? Value, List<int> List, SortedSet<long> Timers)> _keys = new(StringComparer.Ordinal);

    public List<string> Fired { get; } = [];

    public void Process(string key, int row)
    {
        var held = _keys.GetValueOrDefault(key, (null, [], []));
        switch (row % 5)
        {
            case 0: held.Value = null; break;
            case 1: held.List.Clear(); break;
            case 2: held.List.Add(row); break;
            case 3: held.Timers.Add(row); break;
            default: held.Value = (held.Value ?? 0) + row; break;
        }

        Put(key, held);
    }

    public void Advance(long watermark)
    {
        foreach (var key in _keys.Keys.ToList())
        {
            while (_keys.TryGetValue(key, out var held) && held.Timers.Count > 0 && held.Timers.Min <= watermark)
            {
                Fired.Add($"{key} {held.Timers.Min} {held.Value}/{string.Join(',', held.List)}");
                held.Timers.Remove(held.Timers.Min);
                Put(key, (null, [], held.Timers));
            }
        }
    }

    /// <summary>A line a key that has something beside timers.</summary>
    public List<string> Show() => [.. _keys.Where(k => k.Value.Value is not null || k.Value.List.Count > 0).Select(k => $"{k.Key} {k.Value.Value}/{string.Join(',', k.Value.List)}")];

    private void Put(string key, (long? Value, List<int> List, SortedSet<long> Timers) held)
    {
        if (held.Value is null && held.List.Count == 0 && held.Timers.Count == 0) _keys.Remove(key);
        else _keys[key] = held;
    }
}
