using Leat.Streams.Execution;
using Leat.Streams.Graph;
using Leat.Streams.Operators;
using Leat.Streams.Processes;

namespace Leat.Streams.Windows;

/// <summary>Results of a window as rows of a stream.</summary>
internal sealed class ResultOutput<TKey, TOut>(Func<WindowedRow<TKey>, TOut> selector, StreamNode<TOut> next) : ResultSink<TKey>, IResultOutput
{
    private KeyedOutput<TOut>? _output;

    public void Open(WorkerContext coordinator) => _output = new KeyedOutput<TOut>(next.Build(coordinator), coordinator);

    public override void Emit(in WindowedRow<TKey> row)
    {
        TOut made;
        try
        {
            made = selector(row);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _output!.Context.TimerFault("window result", row.Key?.ToString() ?? "", row.End, error);
            return;
        }

        _output!.Emit(made, row.Time);
    }

    public override void Pass() => _output!.Pass();

    public void Flush() => _output!.Flush();

    public void Barrier() => _output!.Barrier();

    public void Dispose() => _output?.Dispose();
}
