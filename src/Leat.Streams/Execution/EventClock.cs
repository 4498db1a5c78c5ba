namespace Leat.Streams.Execution;

/// <summary>Event time of a source's rows.</summary>
/// <param name="Time">When the event happened, UTC.</param>
/// <param name="Disorder">How much later than a newer event of its partition an event may come, ticks.</param>
internal sealed record EventClock<T>(Func<T, DateTime> Time, long Disorder)
{
    /// <summary>Ticks since 1970.</summary>
    public long Of(T row) => Time(row).Ticks - DateTime.UnixEpoch.Ticks;
}
