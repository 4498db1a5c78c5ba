namespace Leat.Streams.Execution;

/// <summary>What workers share.</summary>
internal sealed record WorkerSettings(PauseGate Gate, TimeProvider Time, Func<bool> IsOverPressure)
{
    /// <summary>Whether all sources that feed tables were read to their end.</summary>
    public Func<bool> AreTablesRead { get; init; } = () => true;

    /// <summary>Most bytes a read.</summary>
    public int MaxBlockBytes { get; init; } = 1 << 18;

    /// <summary>Longest a worker keeps what it gathered while it is busy.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Longest wait for data before watermarks are looked at again.</summary>
    public TimeSpan IdleWait { get; init; } = TimeSpan.FromMilliseconds(20);
}
