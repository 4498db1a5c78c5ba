using Leat.Core;
using Leat.DuckDb;

namespace Leat.Sql;

/// <summary>The time limit of one statement, from start to the last row, and what its end is called.</summary>
internal sealed class StatementClock : IDisposable
{
    private readonly TimeSpan? _timeout;
    private readonly CancellationTokenSource _limit;

    public StatementClock(TimeSpan? timeout)
    {
        _timeout = timeout;
        _limit = timeout is { } span ? new CancellationTokenSource(span) : new CancellationTokenSource();
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _limit.Token;

    /// <summary>Runs engine work on a thread of the pool under both tokens, with errors in terms of the user's text.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, RewrittenSql sql, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, _limit.Token);
        try
        {
            return await Task.Run(() => work(both.Token), ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (_limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw SqlErrors.TimedOut(_timeout!.Value, exception);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (DuckDbException exception)
        {
            throw SqlErrors.From(exception, sql);
        }
    }

    public void Dispose() => _limit.Dispose();
}
