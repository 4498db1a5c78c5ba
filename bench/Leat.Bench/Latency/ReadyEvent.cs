namespace Leat.Bench.Latency;

/// <summary>An event whose time is yet to be written into it.</summary>
/// <param name="Json">Its bytes.</param>
/// <param name="TimeAt">Where the 13 digits of its time stand.</param>
/// <param name="Campaign">Number of the campaign it is counted for, or <see cref="NotCounted"/>.</param>
internal sealed record ReadyEvent(byte[] Json, int TimeAt, int Campaign)
{
    public const int NotCounted = -1;
    private const int Digits = 13;

    public void SetTime(long ms)
    {
        for (var at = TimeAt + Digits - 1; at >= TimeAt; at--, ms /= 10) Json[at] = (byte)('0' + (ms % 10));
    }
}
