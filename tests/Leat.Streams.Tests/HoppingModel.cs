using System.Globalization;

namespace Leat.Streams.Tests;

/// <summary>What overlapping windows mean, in the plainest form: milliseconds, a dictionary, every window of every event.</summary>
internal sealed class HoppingModel(double size, double slide, int lateness)
{
    private readonly long _size = (long)(size * 1000);
    private readonly long _slide = (long)(slide * 1000);
    private readonly Dictionary<(string Campaign, long Start), (long Count, long Cost, HashSet<string> Users)> _windows = [];
    private long _watermark = long.MinValue / 2;

    public int Lateness => lateness;

    public int Late { get; private set; }

    public void Promise(double second) => _watermark = Math.Max(_watermark, (long)(second * 1000));

    public void Add(double second, string campaign, long cost, string user)
    {
        var time = (long)Math.Round(second * 1000);
        var taken = false;
        for (var start = (long)Math.Floor((double)time / _slide) * _slide; start > time - _size; start -= _slide)
        {
            if (IsFinal(start)) continue;
            taken = true;
            var (count, sum, users) = _windows.GetValueOrDefault((campaign, start), (0, 0, []));
            users.Add(user);
            _windows[(campaign, start)] = (count + 1, sum + cost, users);
        }

        if (!taken) Late++;
        _watermark = Math.Max(_watermark, time - 5000);
    }

    public List<string> Rows(bool onlyFinal) =>
        [.. _windows.Where(w => !onlyFinal || IsFinal(w.Key.Start))
            .Select(w => $"{w.Key.Campaign}|{At(w.Key.Start)}|{At(w.Key.Start + _size)}|{w.Value.Count}|{w.Value.Cost}|{w.Value.Users.Count}")
            .Order(StringComparer.Ordinal)];

    private bool IsFinal(long start) => start + _size + (lateness * 1000L) <= _watermark;

    private static string At(long ms) => Clicks.Zero.AddMilliseconds(ms).ToString(ms % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
