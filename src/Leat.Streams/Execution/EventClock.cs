using Leat.Streams.Decoding;
using Leat.Streams.Operators;

namespace Leat.Streams.Execution;

/// <summary>Event time of a source's rows.</summary>
/// <param name="Time">When the event happened, UTC.</param>
/// <param name="Disorder">How much later than a newer event of its partition an event may come, ticks.</param>
internal sealed record EventClock<T>(Func<T, DateTime> Time, long Disorder)
{
    /// <summary>Ticks since 1970.</summary>
    public long Of(T row) => Time(row).Ticks - DateTime.UnixEpoch.Ticks;

    /// <summary>Notes the event time of each row of a chunk and the watermark before it, and closes the gaps that rows without one and <paramref name="faults"/> leave.</summary>
    /// <param name="chunk">Row i comes from record i.</param>
    /// <param name="faults">Rows that could not be decoded, in order of index.</param>
    /// <param name="context">Takes rows whose time threw.</param>
    /// <param name="watermark">Of the partition; moved on.</param>
    public void Note(Chunk<T> chunk, List<DecodeFault> faults, WorkerContext context, ref long watermark)
    {
        var origins = context.Source.Origins;
        var (count, to, fault, at) = (chunk.Count, 0, 0, 0);
        while (at < count)
        {
            try
            {
                for (; at < count; at++)
                {
                    origins[at].WatermarkBefore = watermark;
                    if (fault < faults.Count && faults[fault].Index == at)
                    {
                        fault++;
                        continue;
                    }

                    var time = Of(chunk.Items[at]);
                    if (to != at) chunk.Items[to] = chunk.Items[at];
                    chunk.Times[to] = time;
                    chunk.Ordinals[to++] = at;
                    if (time - Disorder > watermark) watermark = time - Disorder;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                context.UserFault(chunk.Items[at], at++, "event time", error);
            }
        }

        chunk.Count = to;
    }
}
