using System.Globalization;
using Leat.Streams.Keys;

namespace Leat.Streams.Tests;

/// <summary>What <see cref="PickedClicks"/> means, over lists.</summary>
internal static class PickedModel
{
    private const int FirstNumber = 19;

    public static List<string> Rows(WindowKind kind, IEnumerable<Click> clicks) =>
        [.. clicks.GroupBy(c => c.Campaign).SelectMany(g => kind.Windows(g).Select(w => Row(g.Key, w.Start, w.End, w.Clicks))).Order(StringComparer.Ordinal)];

    /// <summary>The row with its floating-point numbers, which stand at the end, cut to six digits.</summary>
    public static string Cut(string row)
    {
        var values = row.Split('|');
        for (var i = FirstNumber; i < values.Length; i++)
            if (values[i].Length > 0) values[i] = Number(double.Parse(values[i], CultureInfo.InvariantCulture));
        return string.Join('|', values);
    }

    private static string Row(string campaign, long start, long end, List<Click> clicks)
    {
        var dear = clicks.Where(c => c.Cost > 50).ToList();
        var costs = clicks.Select(c => (double)c.Cost).Order().ToList();
        double? variance = clicks.Count < 2 ? null : costs.Sum(c => Math.Pow(c - costs.Average(), 2)) / (clicks.Count - 1);
        object?[] values =
        [
            campaign, At(start), At(end), clicks.Count, dear.Count, dear.Count == 0 ? null : dear.Sum(c => c.Cost), dear.Select(c => c.User).Distinct().Count(), Best(dear, c => c.Ms),
            clicks.Select(c => c.User).Min(StringComparer.Ordinal), clicks.Select(c => c.User).Max(StringComparer.Ordinal), At(clicks.Min(c => c.Ms)), At(clicks.Max(c => c.Ms)),
            Best(clicks, c => -c.Ms), Best(clicks, c => c.Ms), Best(clicks, c => -c.Cost), Best(clicks, c => c.Cost),
            $"[{string.Join(',', clicks.OrderByDescending(c => c.Cost).ThenBy(c => c.User, StringComparer.Ordinal).Take(3).Select(c => $$"""{"value":"{{c.User}}","by":{{c.Cost}}}"""))}]",
            clicks.Select(c => c.User).Distinct().Count(),
            $"[{string.Join(',', clicks.GroupBy(c => c.User).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(2).Select(g => $$"""{"value":"{{g.Key}}","count":{{g.Count()}},"error":0}"""))}]",
            Number(Quantile(costs, 0.5)), Number(Quantile(costs, 0.9)), Number(variance), Number(variance is { } v ? Math.Sqrt(v) : null),
        ];
        return string.Join('|', values.Select(KeyLeaf.Show));
    }

    private static string? Best(List<Click> clicks, Func<Click, long> by) => clicks.OrderByDescending(by).ThenBy(c => c.User, StringComparer.Ordinal).FirstOrDefault()?.User;

    private static double Quantile(List<double> ordered, double q)
    {
        var rank = q * (ordered.Count - 1);
        var below = (int)rank;
        return below + 1 < ordered.Count ? ordered[below] + ((ordered[below + 1] - ordered[below]) * (rank - below)) : ordered[below];
    }

    private static string Number(double? value) => value is { } number ? Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture) : "";

    private static DateTime At(long ms) => Clicks.Zero.AddMilliseconds(ms);
}
