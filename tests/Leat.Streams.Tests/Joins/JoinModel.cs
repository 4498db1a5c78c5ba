namespace Leat.Streams.Tests.Joins;

/// <summary>What joins mean, in the plainest form: all pairs of the rows that were not late. Times in milliseconds.</summary>
internal sealed class JoinModel(Func<long, long> judgedAt)
{
    private readonly List<(long Time, string Key, string Id)> _left = [];
    private readonly List<(long Time, string Key, string Id)> _right = [];
    private long _watermark = long.MinValue / 2;

    public int Late { get; private set; }

    /// <summary>A row is late when what <paramref name="judgedAt"/> gives for its time is at or before the watermark.</summary>
    public void Add(bool isLeft, double second, string key, string id)
    {
        var time = (long)Math.Round(second * 1000);
        if (judgedAt(time) <= _watermark) Late++;
        else (isLeft ? _left : _right).Add((time, key, id));
        _watermark = Math.Max(_watermark, time - 5000);
    }

    public List<string> Interval(long lower, long upper, JoinKind kind) => Pairs((l, r) => r - l >= lower && r - l <= upper, Math.Max, kind, t => t);

    public List<string> Window(long size, JoinKind kind) => Pairs((l, r) => l / size == r / size, (l, _) => ((l / size) + 1) * size - 1, kind, t => ((t / size) + 1) * size - 1);

    public List<string> Temporal(JoinKind kind)
    {
        var rows = new List<string>();
        foreach (var (time, key, id) in _left)
        {
            var versions = _right.Where(r => r.Key == key && r.Time <= time).ToList();
            if (versions.Count == 0 && kind == JoinKind.Inner) continue;
            var version = versions.Count == 0 ? "-" : versions.Last(v => v.Time == versions.Max(o => o.Time)).Id;
            rows.Add($"{key}|{id}|{version}");
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public List<string> All() => Pairs((_, _) => true, Math.Max, JoinKind.Inner, t => t);

    private List<string> Pairs(Func<long, long, bool> match, Func<long, long, long> timeOf, JoinKind kind, Func<long, long> alone)
    {
        var pairs = _left.SelectMany(l => _right.Where(r => r.Key == l.Key && match(l.Time, r.Time)).Select(r => (l, r))).ToList();
        var rows = pairs.Select(p => $"{p.l.Key}|{p.l.Id}|{p.r.Id}|{timeOf(p.l.Time, p.r.Time)}");
        if (kind is JoinKind.Left or JoinKind.Full) rows = rows.Concat(_left.Except(pairs.Select(p => p.l)).Select(l => $"{l.Key}|{l.Id}|-|{alone(l.Time)}"));
        if (kind is JoinKind.Right or JoinKind.Full) rows = rows.Concat(_right.Except(pairs.Select(p => p.r)).Select(r => $"{r.Key}|-|{r.Id}|{alone(r.Time)}"));
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
