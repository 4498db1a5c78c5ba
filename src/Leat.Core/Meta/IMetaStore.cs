namespace Leat.Core;

/// <summary>Sole owner of the metadata database (<c>meta.db</c> embedded, PostgreSQL grown up). Rooms bring their tables as <see cref="MetaSchema"/>.</summary>
public interface IMetaStore : IAsyncDisposable
{
    /// <summary>Applies the steps of <paramref name="schema"/> that have not run yet, each once, in order.</summary>
    Task MigrateAsync(MetaSchema schema, CancellationToken ct);

    /// <summary>Runs <paramref name="work"/> in one transaction: committed durably when it returns, rolled back when it throws. Writers are serialised.</summary>
    Task<T> WriteAsync<T>(Func<IMetaTransaction, T> work, CancellationToken ct);

    /// <summary>Runs <paramref name="work"/> on a consistent read snapshot.</summary>
    Task<T> ReadAsync<T>(Func<IMetaTransaction, T> work, CancellationToken ct);
}
