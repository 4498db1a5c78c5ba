using Leat.Core;
using Leat.Storage;

namespace Leat.Streams.Execution;

/// <summary>When a job that failed for a reason that may pass is started again: waits double from the first one up to a minute, and begin anew after a run that lasted longer than that.</summary>
/// <param name="first">First wait; 0 = never.</param>
internal sealed class RestartBackoff(TimeSpan first)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly TimeSpan _first = first;
    private TimeSpan _next = first;

    /// <summary>How long to wait, or null: it is not started again.</summary>
    /// <param name="failure">What the run ended with.</param>
    /// <param name="lasted">How long it ran.</param>
    public TimeSpan? After(Exception? failure, TimeSpan lasted)
    {
        if (_first == TimeSpan.Zero || !MayPass(failure)) return null;
        var wait = lasted > Longest ? _first : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }

    private static bool MayPass(Exception? failure) => failure is LeatException { Retry: Retry.WithBackoff } || (failure is IOException disk && DiskErrors.IsFull(disk));
}
