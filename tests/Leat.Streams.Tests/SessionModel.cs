using System.Globalization;

namespace Leat.Streams.Tests;

/// <summary>What sessions mean, in the plainest form: milliseconds, a list, every event against every session of its key.</summary>
internal sealed class SessionModel(int gapSeconds, int lateness)
{
    private readonly long _gap = gapSeconds * 1000L;
    private readonly List<Session> _sessions = [];
    private long _watermark = long.MinValue / 2;

    public int Gap => gapSeconds;

    public int Lateness => lateness;

    public int Late { get; private set; }

    public void Promise(double second) => _watermark = Math.Max(_watermark, (long)(second * 1000));

    public void Add(double second, string campaign, long cost, string user)
    {
        var time = (long)Math.Round(second * 1000);
        if (IsFinal(time)) Late++;
        else
        {
            var one = new Session(campaign, time, time, 1, cost, [user]);
            foreach (var met in _sessions.Where(s => s.Campaign == campaign && !IsFinal(s.Last) && time < s.Last + _gap && s.First < time + _gap).ToList())
            {
                _sessions.Remove(met);
                one = new Session(campaign, Math.Min(one.First, met.First), Math.Max(one.Last, met.Last), one.Count + met.Count, one.Cost + met.Cost, [.. one.Users.Union(met.Users)]);
            }

            _sessions.Add(one);
        }

        _watermark = Math.Max(_watermark, time - 5000);
    }

    public List<string> Rows(bool onlyFinal) =>
        [.. _sessions.Where(s => !onlyFinal || IsFinal(s.Last))
            .Select(s => $"{s.Campaign}|{At(s.First)}|{At(s.Last + _gap)}|{s.Count}|{s.Cost}|{s.Users.Count}")
            .Order(StringComparer.Ordinal)];

    private bool IsFinal(long last) => last + _gap + (lateness * 1000L) <= _watermark;

    private static string At(long ms) => Clicks.Zero.AddMilliseconds(ms).ToString(ms % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private sealed record Session(string Campaign, long First, long Last, long Count, long Cost, HashSet<string> Users);
}
