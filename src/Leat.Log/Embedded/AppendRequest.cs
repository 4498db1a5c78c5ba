namespace Leat.Log;

/// <summary>A batch on its way to a partition. Completed once, by the writer.</summary>
internal sealed class AppendRequest(EncodedBatch batch, UInt128? key)
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EncodedBatch Batch => batch;

    /// <summary>Hash of the idempotency key.</summary>
    public UInt128? Key => key;

    public Task<AppendResult> Done => _done.Task;

    /// <summary>Requests with the same key that came while this one was under way.</summary>
    public List<AppendRequest>? Followers { get; private set; }

    public void Follow(AppendRequest first) => (first.Followers ??= []).Add(this);

    public void Complete(AppendResult result)
    {
        _ = _done.TrySetResult(result);
        if (Followers is null) return;
        foreach (var follower in Followers) follower.Complete(result with { Duplicate = true });
    }

    public void Fail(Exception error)
    {
        _ = _done.TrySetException(error);
        if (Followers is null) return;
        foreach (var follower in Followers) follower.Fail(error);
    }
}
