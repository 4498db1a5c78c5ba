using System.Collections.Concurrent;
using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Async;

/// <summary>
/// Makes a call for each row of a chunk, so many at the same time, and passes the chunk on when all have ended: nothing is on its way when a checkpoint or watermark comes by, and rows stay valid as long as calls see them.
/// A call that fails after its last try costs its record, which becomes a dead letter.
/// </summary>
internal sealed class AsyncStage<TIn, TOut>(Func<TIn, CancellationToken, ValueTask<TOut>> call, AsyncSettings settings, Stage<TOut> next) : Stage<TIn>
{
    private readonly TOut[] _results = new TOut[Chunk<TIn>.DefaultCapacity];
    private readonly Exception?[] _errors = new Exception?[Chunk<TIn>.DefaultCapacity];
    private readonly Chunk<TOut> _output = new(Chunk<TOut>.DefaultCapacity);

    public override void Process(Chunk<TIn> chunk, WorkerContext context)
    {
        var ended = new ConcurrentQueue<int>();
        CallAllAsync(chunk, ended, context).GetAwaiter().GetResult();
        _output.Count = 0;
        foreach (var index in settings.IsOrdered ? Enumerable.Range(0, chunk.Count) : ended)
        {
            if (_errors[index] is { } error)
            {
                context.UserFault(chunk, index, "async call", error);
                continue;
            }

            var to = _output.Count++;
            _output.Items[to] = _results[index];
            _output.Times[to] = chunk.Times[index];
            _output.Ordinals[to] = chunk.Ordinals[index];
        }

        if (_output.Count > 0) next.Process(_output, context);
    }

    public override void Flush() => next.Flush();

    public override void Barrier() => next.Barrier();

    public override void Dispose() => next.Dispose();

    private Task CallAllAsync(Chunk<TIn> chunk, ConcurrentQueue<int> ended, WorkerContext context)
    {
        var taken = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(settings.Concurrency, chunk.Count)).Select(_ => Task.Run(LoopAsync)));

        async Task LoopAsync()
        {
            for (var i = Interlocked.Increment(ref taken); i < chunk.Count; i = Interlocked.Increment(ref taken))
            {
                await CallAsync(chunk, i, context).ConfigureAwait(false);
                ended.Enqueue(i);
            }
        }
    }

    private async Task CallAsync(Chunk<TIn> chunk, int index, WorkerContext context)
    {
        var wait = settings.Backoff;
        for (var attempt = 0; ; attempt++, wait *= 2)
        {
            try
            {
                _results[index] = await TryAsync(chunk.Items[index], context).ConfigureAwait(false);
                _errors[index] = null;
                return;
            }
            catch (Exception error) when (!context.Stopping.IsCancellationRequested)
            {
                _errors[index] = error is OperationCanceledException ? new TimeoutException($"no answer within {settings.Timeout}") : error;
                if (attempt == settings.Retries) return;
                await Task.Delay(wait, context.Clock, context.Stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<TOut> TryAsync(TIn row, WorkerContext context)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.Stopping);
        return await call(row, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
    }
}
