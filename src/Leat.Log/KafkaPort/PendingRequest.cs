namespace Leat.Log;

/// <summary>A request in its connection's line.</summary>
internal sealed class PendingRequest(Frame frame)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Frame Frame => frame;

    /// <summary>The work when it was begun ahead of its turn; null = begins when everything before is answered.</summary>
    public Task<KafkaWriter?>? Begun { get; init; }

    /// <summary>Completes when the request needs nothing any more.</summary>
    public Task Answered => _answered.Task;

    /// <summary>The request is answered or given up: its memory goes back.</summary>
    public void Done()
    {
        frame.Dispose();
        _answered.TrySetResult();
    }
}
