namespace Leat.Log;

/// <summary>Pauses between two looks into a consumer's queue: 1 ms at first, 10 ms after a while. Holds no thread, as a blocking call for each waiting reader would.</summary>
internal struct KafkaPace(TimeProvider time)
{
    private const int LongestMs = 10;
    private const int LooksAMillisecond = 5;
    private int _looks;

    public Task WaitAsync(CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(LongestMs, 1 + (_looks++ / LooksAMillisecond))), time, ct);
}
