using Leat.Core;
using Microsoft.Extensions.Logging;

namespace Leat.Streams.Execution;

/// <summary>Tries again what sinks could not do for now, further and further apart, while the job goes on.</summary>
internal sealed class SinkRetry(RunParts parts)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Takes what the job waits for; null = it waits no more.</summary>
    public Action<string?> Tell { get; set; } = _ => { };

    /// <summary>The job stops: what failed is not tried again, the next start will.</summary>
    public CancellationToken Stopping { get; set; }

    /// <param name="place">What is tried, for the status.</param>
    /// <param name="attempt">May be done more than once.</param>
    /// <exception cref="LeatException">The last error, when it cannot be helped by waiting or the patience of <see cref="StreamOptions.SinkRetryFor"/> is over.</exception>
    /// <exception cref="OperationCanceledException">The job stops.</exception>
    public async Task RunAsync(string place, Func<Task> attempt)
    {
        var (begun, pause, waited) = (parts.Time.GetTimestamp(), First, false);
        while (true)
        {
            try
            {
                await Task.Run(attempt, CancellationToken.None).ConfigureAwait(false);
                if (waited) Tell(null);
                return;
            }
            catch (LeatException error) when (error.Retry == Retry.WithBackoff && parts.Time.GetElapsedTime(begun) < parts.Options.SinkRetryFor)
            {
                waited = true;
                Tell($"waits for {place}: {error.Code}: {error.What}");
                parts.Logger.SinkAway(place, error.Code, error.What, pause);
            }

            await Task.Delay(pause, Stopping).ConfigureAwait(false);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }
}
