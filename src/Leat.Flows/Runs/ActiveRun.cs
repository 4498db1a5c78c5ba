using System.Diagnostics.CodeAnalysis;

namespace Leat.Flows;

/// <summary>A run that waits or works in this process.</summary>
[SuppressMessage("Design", "CA1001", Justification = "a source without timer holds nothing once unlinked, and a request to cancel may come after the end")]
internal sealed class ActiveRun
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _either;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ActiveRun(FlowDefinition flow, FlowRun run, CancellationToken stopping)
    {
        Flow = flow;
        Run = run;
        _either = CancellationTokenSource.CreateLinkedTokenSource(_cancelled.Token, stopping);
        Tokens = new RunTokens(_cancelled.Token, stopping, _either.Token);
    }

    public FlowDefinition Flow { get; }

    public FlowRun Run { get; }

    public RunTokens Tokens { get; }

    public bool IsStarted { get; private set; }

    /// <summary>Ends with the run; faulted when the run could not be recorded, cancelled when the process stops.</summary>
    public Task Ended => _ended.Task;

    public void Cancel() => _cancelled.Cancel();

    /// <summary>Starts the work; called once, under the runtime's lock.</summary>
    public void Start(Func<Task> work)
    {
        IsStarted = true;
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
                _ended.TrySetResult();
            }
            catch (OperationCanceledException cause)
            {
                _ended.TrySetCanceled(cause.CancellationToken);
            }
            catch (Exception cause)
            {
                _ended.TrySetException(cause);
            }
            finally
            {
                _either.Dispose();
            }
        });
    }
}
