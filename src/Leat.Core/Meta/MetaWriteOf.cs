namespace Leat.Core;

internal sealed class MetaWrite<T>(Func<IMetaTransaction, T> work, CancellationToken ct) : MetaWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

    public Task<T> Completion => _done.Task;

    public override void RunInSavepoint(MetaConnection connection)
    {
        if (ct.IsCancellationRequested)
        {
            _failure = new OperationCanceledException(ct);
            return;
        }
        connection.Run("SAVEPOINT unit");
        try
        {
            _result = work(connection);
        }
        catch (Exception cause)
        {
            connection.Run("ROLLBACK TO unit");
            _failure = cause;
        }
        connection.Run("RELEASE unit");
    }

    public override void Succeed()
    {
        if (_failure is OperationCanceledException cancelled) _done.TrySetCanceled(cancelled.CancellationToken);
        else if (_failure is not null) _done.TrySetException(_failure);
        else _done.TrySetResult(_result!);
    }

    public override void Fail(Exception cause) => _done.TrySetException(_failure ?? cause);
}
