using System.Globalization;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests;

/// <summary>Steps of tests about clicks: seconds are counted from 2026-01-01T00:00:00Z.</summary>
internal static class Clicks
{
    public static readonly DateTime Zero = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static StreamStep At(double second, string campaign, string cost = "1", string user = "u", int partition = 0) =>
        new StreamStep.Event("clicks", Json(second, campaign, cost, user), partition);

    public static string Json(double second, string campaign, string cost = "1", string user = "u") =>
        $$"""{"campaign":"{{campaign}}","at":"{{Zero.AddMilliseconds(Math.Round(second * 1000)).ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}}","cost":{{cost}},"user":"{{user}}"}""";

    public static StreamStep Watermark(double second, int? partition = null) => new StreamStep.Watermark("clicks", Zero.AddSeconds(second), partition);
}
