using System.Globalization;

namespace Leat.Streams.Tests.Frames;

/// <summary>What an aggregate over the rows before each row means, in the plainest form: a list, and every frame looked for from its start.</summary>
internal sealed class OverModel(int? preceding, int? rows)
{
    private readonly List<OverInput> _rows = [];
    private long _watermark = long.MinValue;

    public int Late { get; private set; }

    public void Promise(double second) => _watermark = Math.Max(_watermark, (long)(second * 1000));

    public void Add(double second, string campaign, decimal cost, string user)
    {
        var time = (long)Math.Round(second * 1000);
        if (time < _watermark) Late++;
        else _rows.Add(new OverInput(campaign, time, cost, user, _rows.Count));
        _watermark = Math.Max(_watermark, time - 5000);
    }

    /// <summary>Rows that the watermark has passed.</summary>
    public List<string> Results() =>
        [.. _rows.Where(r => r.Time < _watermark).Select(r => Show(r, FrameOf(r))).Order(StringComparer.Ordinal)];

    private List<OverInput> FrameOf(OverInput row)
    {
        var upTo = _rows.Where(r => r.Campaign == row.Campaign && (rows is null ? r.Time <= row.Time : (r.Time, r.Order).CompareTo((row.Time, row.Order)) <= 0));
        if (preceding is { } ms) upTo = upTo.Where(r => r.Time >= row.Time - ms);
        var ordered = upTo.OrderBy(r => r.Time).ThenBy(r => r.Order).ToList();
        return rows is { } most ? ordered[Math.Max(0, ordered.Count - most - 1)..] : ordered;
    }

    private static string Show(OverInput row, List<OverInput> frame)
    {
        var best = frame.OrderByDescending(r => r.Cost).ThenBy(r => r.User, StringComparer.Ordinal).Take(2).Select(r => $"{{\"value\":\"{r.User}\",\"by\":{Number(r.Cost)}}}");
        var last = frame.Where(r => r.Time == frame[^1].Time).Min(r => r.Cost);
        return string.Join('|', row.Campaign, At(row.Time), Number(row.Cost), row.User, At(frame[0].Time), frame.Count, Number(frame.Sum(r => r.Cost)), frame.Select(r => r.User).Distinct().Count(),
            Number(frame.Min(r => r.Cost)), frame.Select(r => r.User).Order(StringComparer.Ordinal).Last(), Number(last), Number(Median([.. frame.Select(r => r.Cost).Order()])), $"[{string.Join(',', best)}]", frame.Count(r => r.Cost > 50));
    }

    private static decimal Median(List<decimal> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string At(long ms) => Clicks.Zero.AddMilliseconds(ms).ToString("O", CultureInfo.InvariantCulture);
}
