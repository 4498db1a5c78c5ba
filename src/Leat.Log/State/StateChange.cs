namespace Leat.Log;

/// <summary>Records that become durable together or not at all.</summary>
/// <param name="Records">None = nothing to write, only <paramref name="Apply"/>.</param>
/// <param name="Apply">Takes the change over into memory: called once it is durable, in the order of the log, before the write is answered.</param>
internal sealed record StateChange(IReadOnlyList<StateRecord> Records, Action Apply)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public int SizeBytes => Records.Sum(r => r.SizeBytes);

    /// <summary>The records are durable.</summary>
    public void Complete()
    {
        try
        {
            Apply();
            _ = _done.TrySetResult();
        }
        catch (Exception e)
        {
            _ = _done.TrySetException(e);
        }
    }

    public void Fail(Exception error) => _ = _done.TrySetException(error);
}
