namespace Leat.Streams;

/// <summary>Reads one partition of a source. One thread.</summary>
public interface IStreamReader<T> : IAsyncDisposable
{
    /// <summary>Where to go on after the rows given so far.</summary>
    long Position { get; }

    /// <summary>Nothing more will ever come: windows that are open may close.</summary>
    bool IsEnded { get; }

    /// <summary>Puts rows at the beginning of <paramref name="rows"/>; texts in them stay valid until the next call.</summary>
    /// <returns>How many; 0: there are none now.</returns>
    ValueTask<int> ReadAsync(T[] rows, CancellationToken ct);

    /// <summary>Completes when there may be rows, at the latest after <paramref name="longest"/>.</summary>
    Task WaitAsync(TimeSpan longest, CancellationToken ct);
}
