using Leat.Serve.Problems;

namespace Leat.Serve.Collector;

/// <summary>Bounds the bytes of events that unanswered requests hold in memory; beyond it a request is told to come back, never kept waiting.</summary>
internal sealed class CollectorGate(ServerOptions options)
{
    /// <summary>Buffers of a connection and a batch, and what belongs to a request.</summary>
    private const int RequestBytes = 4 << 10;

    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>A request counts for what it costs besides its body, so that many small ones are bounded too.</summary>
    public Lease Enter()
    {
        var lease = new Lease(this);
        lease.Reserve(RequestBytes);
        return lease;
    }

    /// <summary>What one request holds; given back on dispose.</summary>
    internal sealed class Lease(CollectorGate gate) : IDisposable
    {
        private long _bytes;

        /// <summary>Makes sure that at least <paramref name="total"/> bytes are reserved for this request.</summary>
        /// <exception cref="ProblemException">LEAT6024 too many bytes in flight (429).</exception>
        public void Reserve(long total)
        {
            var more = total - _bytes;
            if (more <= 0) return;
            if (Interlocked.Add(ref gate._held, more) > gate.Limit)
            {
                Interlocked.Add(ref gate._held, -more);
                throw gate.Full();
            }
            _bytes = total;
        }

        public void Dispose() => Interlocked.Add(ref gate._held, -Interlocked.Exchange(ref _bytes, 0));
    }

    private long Limit => options.MaxInFlightBytes;

    private ProblemException Full() => new(new Problem(
        429, "LEAT6024", $"{Limit} bytes of events wait to be stored, which is the limit; nothing of this request was stored", "server.max_in_flight_bytes",
        "send it again after a moment, with the same Idempotency-Key", 1));
}
