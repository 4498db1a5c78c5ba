using Leat.Streams.Execution;
using Leat.Streams.Operators;

namespace Leat.Streams.Sinks;

/// <summary>Calls code for each row.</summary>
internal sealed class CallbackStage<T>(Action<T> action) : Stage<T>
{
    public override void Process(Chunk<T> chunk, WorkerContext context)
    {
        var at = 0;
        while (at < chunk.Count)
        {
            try
            {
                for (; at < chunk.Count; at++) action(chunk.Items[at]);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                context.UserFault(chunk, at++, "for each", error);
            }
        }
    }

    public override void Flush()
    {
    }

    public override void Dispose()
    {
    }
}
