namespace Leat.Log;

/// <summary>Hands out producer ids, each once for ever: blocks of them are reserved on disk before the first is given.</summary>
internal sealed class ProducerIds(StateTopic state, int block) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _next;
    private long _reservedToExcl;

    /// <summary>At opening: ids below may have been given.</summary>
    public void Load(long firstFree) => (_next, _reservedToExcl) = (firstFree, firstFree);

    public async ValueTask<long> NextAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_next == _reservedToExcl)
            {
                var end = _reservedToExcl + block;
                await state.WriteAsync(() => new StateChange([TransactionCodec.ProducerIds(end)], () => _reservedToExcl = end), ct).ConfigureAwait(false);
            }
            return _next++;
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
