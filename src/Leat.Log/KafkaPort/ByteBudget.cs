namespace Leat.Log;

/// <summary>Bytes that may be in use at a time; who asks for more waits in line. One request larger than all is let in when nothing else is. Thread-safe.</summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _used;

    public async ValueTask TakeAsync(long bytes, CancellationToken ct)
    {
        LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place;
        lock (_lock)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                _used += bytes;
                return;
            }
            place = _waiting.AddLast((bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
        try
        {
            await place.Value.Turn.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    public void Return(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            LetIn();
        }
    }

    private void GiveUp(LinkedListNode<(long Bytes, TaskCompletionSource Turn)> place)
    {
        lock (_lock)
        {
            if (place.List is null) _used -= place.Value.Bytes; // its turn came at the same moment
            else _waiting.Remove(place);
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { } first && Fits(first.Value.Bytes))
        {
            _used += first.Value.Bytes;
            _waiting.RemoveFirst();
            first.Value.Turn.SetResult();
        }
    }

    private bool Fits(long bytes) => _used == 0 || _used + bytes <= limit;
}
