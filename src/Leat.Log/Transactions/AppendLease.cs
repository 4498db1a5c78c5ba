namespace Leat.Log;

/// <summary>Keeps a transaction from ending while a batch of it is being appended.</summary>
internal sealed class AppendLease(Action release) : IDisposable
{
    private Action? _release = release;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
