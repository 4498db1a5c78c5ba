using Leat.Core;

namespace Leat.Streams;

/// <summary>An open <see cref="IStreamSink"/> of one job. Called by one caller at a time; disposed after a failure and when the job stops.</summary>
public interface ISinkSession : IAsyncDisposable
{
    /// <summary>Newest epoch of this life of the job whose rows the place has; 0 = none.</summary>
    /// <exception cref="LeatException">As <see cref="IStreamSink.OpenAsync"/>.</exception>
    ValueTask<long> LastEpochAsync(CancellationToken ct);

    /// <summary>Makes an epoch's rows visible, all or none, and notes the epoch with them. Does nothing where the epoch, or a newer one, was noted. Epochs come in order, not every one has rows.</summary>
    /// <exception cref="LeatException">With <see cref="Retry.WithBackoff"/> it is called again; whether its rows are there may be unknown then.</exception>
    ValueTask CommitAsync(SinkEpoch epoch, CancellationToken ct);
}
