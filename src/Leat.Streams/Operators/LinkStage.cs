using Leat.Streams.Execution;

namespace Leat.Streams.Operators;

/// <summary>A stage with one successor: fills its own chunk from the one before. User code that throws costs its record, not the job.</summary>
internal abstract class LinkStage<TIn, TOut>(string name, Stage<TOut> next) : Stage<TIn>
{
    private readonly Chunk<TOut> _output = new(Chunk<TOut>.DefaultCapacity);

    public override void Process(Chunk<TIn> chunk, WorkerContext context)
    {
        _output.Count = 0;
        var from = 0;
        while (from < chunk.Count)
        {
            try
            {
                Fill(chunk, ref from, _output);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                context.UserFault(chunk, from++, name, error);
            }
        }

        if (_output.Count > 0) next.Process(_output, context);
    }

    /// <summary>Continues at row <paramref name="at"/> and moves it along; when user code throws it stays at the row.</summary>
    protected abstract void Fill(Chunk<TIn> input, ref int at, Chunk<TOut> output);

    public override void Flush() => next.Flush();

    public override void Barrier() => next.Barrier();

    public override void Dispose() => next.Dispose();
}
