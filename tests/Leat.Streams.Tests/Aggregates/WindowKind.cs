namespace Leat.Streams.Tests;

/// <summary>Windows of a test, in seconds, and which of them hold an event.</summary>
internal sealed record WindowKind(string Name, int Size, int Slide)
{
    public static readonly WindowKind[] All = [new("tumbling", 10, 10), new("hopping", 12, 4), new("hopping", 10, 3), new("session", 3, 3)];

    public WindowedStream<Leat.Core.Text, ClickEvent> On(KeyedStream<Leat.Core.Text, ClickEvent> stream) =>
        Name == "session" ? stream.Session(TimeSpan.FromSeconds(Size)) : stream.Hopping(TimeSpan.FromSeconds(Size), TimeSpan.FromSeconds(Slide));

    /// <summary>The windows of some events of one key with what is in them; milliseconds.</summary>
    public IEnumerable<(long Start, long End, List<Click> Clicks)> Windows(IEnumerable<Click> clicks) => Name == "session" ? Sessions(clicks) : Aligned(clicks);

    private IEnumerable<(long Start, long End, List<Click> Clicks)> Aligned(IEnumerable<Click> clicks)
    {
        var windows = new SortedDictionary<long, List<Click>>();
        foreach (var click in clicks)
        {
            for (var start = (long)Math.Floor(click.Ms / (Slide * 1000.0)) * Slide * 1000; start > click.Ms - (Size * 1000); start -= Slide * 1000)
            {
                if (!windows.TryGetValue(start, out var held)) windows.Add(start, held = []);
                held.Add(click);
            }
        }

        return windows.Select(w => (w.Key, w.Key + (Size * 1000), w.Value));
    }

    private IEnumerable<(long Start, long End, List<Click> Clicks)> Sessions(IEnumerable<Click> clicks)
    {
        List<Click> held = [];
        foreach (var click in clicks.OrderBy(c => c.Ms))
        {
            if (held.Count > 0 && click.Ms - held[^1].Ms >= Size * 1000)
            {
                yield return (held[0].Ms, held[^1].Ms + (Size * 1000), held);
                held = [];
            }

            held.Add(click);
        }

        if (held.Count > 0) yield return (held[0].Ms, held[^1].Ms + (Size * 1000), held);
    }
}
