using Leat.Core;

namespace Leat.Log;

/// <summary>Reads one partition forward. Owned by one caller at a time.</summary>
public interface ILogReader : IAsyncDisposable
{
    /// <summary>Offset of the next record to read.</summary>
    long Position { get; }

    /// <summary>Continues at <paramref name="offset"/>.</summary>
    void Seek(long offset);

    /// <summary>Whole record batches from <see cref="Position"/> on, at least one when any is there.</summary>
    /// <param name="maxBytes">Stop adding batches beyond this size.</param>
    /// <param name="maxWait">How long to wait when nothing is there; zero = do not wait.</param>
    /// <param name="ct">Stops the wait.</param>
    /// <returns>Null when nothing arrived in time. The caller disposes the block; record memory is valid until then.</returns>
    /// <exception cref="LeatException">LEAT2020 offset out of range (names both ends); LEAT2021 damaged batch (CRC).</exception>
    ValueTask<RecordBlock?> ReadAsync(int maxBytes, TimeSpan maxWait, CancellationToken ct);
}
