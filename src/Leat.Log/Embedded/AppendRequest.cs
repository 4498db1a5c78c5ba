namespace Leat.Log;

/// <summary>A batch on its way to a partition. Completed once, by the writer.</summary>
internal sealed class AppendRequest(EncodedBatch batch)
{
    private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EncodedBatch Batch => batch;

    /// <summary>Hash of the idempotency key.</summary>
    public UInt128? Key { get; init; }

    /// <summary>Asked before the batch takes its place; null = yes.</summary>
    public Func<bool>? Admit { get; init; }

    /// <summary>For a marker: committed rather than aborted.</summary>
    public bool Commits { get; init; }

    /// <summary>Where the batch is in its group; set by the writer.</summary>
    public long BaseOffset { get; set; }

    public Task<AppendOutcome> Done => _done.Task;

    /// <summary>Requests with the same records that came while this one was under way.</summary>
    public List<AppendRequest>? Followers { get; private set; }

    public void Follow(AppendRequest first) => (first.Followers ??= []).Add(this);

    public void Complete(AppendOutcome outcome)
    {
        _ = _done.TrySetResult(outcome);
        if (Followers is null) return;
        foreach (var follower in Followers) follower.Complete(outcome with { Duplicate = true });
    }

    public void Fail(Exception error)
    {
        _ = _done.TrySetException(error);
        if (Followers is null) return;
        foreach (var follower in Followers) follower.Fail(error);
    }
}
