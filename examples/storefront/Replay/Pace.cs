namespace Storefront.Replay;

/// <summary>Holds events back so that event time passes at a multiple of real time.</summary>
internal sealed class Pace(double? speedup, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private DateTime? _first;

    /// <summary>Completes when it is time for an event of <paramref name="at"/>; at once without speedup.</summary>
    public ValueTask WaitForAsync(DateTime at, CancellationToken ct)
    {
        if (speedup is not { } factor) return ValueTask.CompletedTask;
        _first ??= at;
        var due = (at - _first.Value) / factor - time.GetElapsedTime(_started);
        return due > TimeSpan.FromMilliseconds(1) ? new ValueTask(Task.Delay(due, time, ct)) : ValueTask.CompletedTask;
    }
}
