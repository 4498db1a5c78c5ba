using System.Threading.Channels;
using Leat.Core;

namespace Leat.Lake.Engine;

/// <summary>Hands batches from an asynchronous producer to a thread of the engine, a few at a time, so that memory stays bounded.</summary>
internal sealed class BatchQueue
{
    private const int MostWaiting = 4;
    private readonly Channel<Batch> _channel = Channel.CreateBounded<Batch>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    /// <summary>Takes all rows; the batches go to the reader. Ends early, without error, when the reader is gone.</summary>
    /// <param name="rows">Each batch is disposed, also when it is not read.</param>
    /// <param name="check">Throws for a batch that may not be written.</param>
    /// <param name="ct">Cancels; the reader then fails with the cancellation.</param>
    public async Task FillAsync(IAsyncEnumerable<Batch> rows, Action<Batch> check, CancellationToken ct)
    {
        Exception? failure = null;
        try
        {
            await foreach (var batch in rows.WithCancellation(ct).ConfigureAwait(false))
            {
                var taken = false;
                try
                {
                    check(batch);
                    while (!taken && await _channel.Writer.WaitToWriteAsync(ct).ConfigureAwait(false)) taken = _channel.Writer.TryWrite(batch);
                }
                finally
                {
                    if (!taken) batch.Dispose();
                }
                if (!taken) return;
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            _channel.Writer.TryComplete(failure);
        }
    }

    /// <summary>The batches, for one reader on a thread of the engine, which disposes them. Blocks while none is there.</summary>
    public IEnumerable<Batch> Read()
    {
        while (_channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (_channel.Reader.TryRead(out var batch)) yield return batch;
    }

    /// <summary>Ends the queue from the reader's side.</summary>
    public void Close()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var batch)) batch.Dispose();
    }
}
