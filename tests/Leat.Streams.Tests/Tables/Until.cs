using System.Diagnostics;

namespace Leat.Streams.Tests.Tables;

/// <summary>Waits for what another loop does.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"waited in vain for: {what}");
            await Task.Delay(1);
        }
    }
}
