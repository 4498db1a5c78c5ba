using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Leat.Core;

/// <summary>Run events of this process: the last 1,024 are kept, a slow listener loses its oldest.</summary>
public sealed class RunEvents : IRunEvents
{
    /// <summary>Events kept, and the most a listener may fall behind.</summary>
    public const int Capacity = 1_024;

    private readonly Lock _gate = new();
    private readonly RunEvent[] _ring = new RunEvent[Capacity];
    private ImmutableArray<Channel<RunEvent>> _listeners = [];
    private long _published;

    public IReadOnlyList<RunEvent> Recent
    {
        get
        {
            lock (_gate)
            {
                var count = (int)Math.Min(_published, Capacity);
                var recent = new RunEvent[count];
                for (var i = 0; i < count; i++) recent[i] = _ring[(_published - count + i) % Capacity];
                return recent;
            }
        }
    }

    public void Publish(RunEvent runEvent)
    {
        lock (_gate)
        {
            var numbered = runEvent with { Sequence = _published };
            _ring[_published++ % Capacity] = numbered;
            foreach (var listener in _listeners) listener.Writer.TryWrite(numbered);
        }
    }

    public IAsyncEnumerable<RunEvent> SubscribeAsync(CancellationToken ct)
    {
        var listener = Channel.CreateBounded<RunEvent>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate) _listeners = _listeners.Add(listener);
        var cancelled = ct.Register(() => Remove(listener));
        return ReadAsync(listener, cancelled, ct);
    }

    private async IAsyncEnumerable<RunEvent> ReadAsync(Channel<RunEvent> listener, CancellationTokenRegistration cancelled, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            await foreach (var runEvent in listener.Reader.ReadAllAsync(ct).ConfigureAwait(false)) yield return runEvent;
        }
        finally
        {
            await cancelled.DisposeAsync().ConfigureAwait(false);
            Remove(listener);
        }
    }

    private void Remove(Channel<RunEvent> listener)
    {
        lock (_gate) _listeners = _listeners.Remove(listener);
    }
}
