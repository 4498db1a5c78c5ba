using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Leat.Core;

/// <summary>
/// Metadata in one SQLite file: write-ahead log, synchronous=FULL (a commit is on disk before its writer continues; survives kill -9 and power loss).
/// </summary>
/// <remarks>One writer at a time: writes that wait together share one commit, each behind a savepoint of its own. Readers run beside it on snapshots.</remarks>
public sealed class SqliteMetaStore : IMetaStore
{
    private const int MostWritesACommit = 128;
    private const int MostIdleReaders = 4;
    private readonly Channel<MetaWrite> _writes = Channel.CreateBounded<MetaWrite>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Stack<MetaConnection> _readers = new();
    private readonly Lock _readerGate = new();
    private readonly SemaphoreSlim _readerSlots = new(16);
    private readonly string _file;
    private readonly Lazy<MetaConnection> _writer;
    private readonly Task _loop;
    private bool _disposed;

    /// <param name="file">Path of <c>meta.db</c>; made with its folder at first use.</param>
    public SqliteMetaStore(string file)
    {
        _file = file;
        _writer = new Lazy<MetaConnection>(() => MetaConnection.Open(file, readOnly: false), LazyThreadSafetyMode.None);
        _loop = Task.Run(WriteLoopAsync);
    }

    public Task MigrateAsync(MetaSchema schema, CancellationToken ct) => WriteAsync(
        transaction =>
        {
            MetaMigration.Apply(transaction, schema, _file);
            return true;
        },
        ct);

    public async Task<T> WriteAsync<T>(Func<IMetaTransaction, T> work, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var write = new MetaWrite<T>(work, ct);
        try
        {
            await _writes.Writer.WriteAsync(write, ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteMetaStore));
        }
        return await write.Completion.ConfigureAwait(false);
    }

    public async Task<T> ReadAsync<T>(Func<IMetaTransaction, T> work, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _readerSlots.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(work), ct).ConfigureAwait(false);
        }
        finally
        {
            _readerSlots.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        _writes.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        if (_writer.IsValueCreated) _writer.Value.Dispose();
        lock (_readerGate)
        {
            while (_readers.TryPop(out var reader)) reader.Dispose();
        }
    }

    private T Read<T>(Func<IMetaTransaction, T> work)
    {
        var reader = TakeReader();
        var healthy = false;
        try
        {
            reader.Run("BEGIN");
            var result = work(reader);
            reader.Run("COMMIT");
            healthy = true;
            return result;
        }
        finally
        {
            Return(reader, healthy);
        }
    }

    private MetaConnection TakeReader()
    {
        lock (_readerGate)
        {
            if (_readers.TryPop(out var reader)) return reader;
        }
        return MetaConnection.Open(_file, readOnly: true);
    }

    private void Return(MetaConnection reader, bool healthy)
    {
        lock (_readerGate)
        {
            if (healthy && !_disposed && _readers.Count < MostIdleReaders)
            {
                _readers.Push(reader);
                return;
            }
        }
        reader.Dispose();
    }

    private async Task WriteLoopAsync()
    {
        var together = new List<MetaWrite>();
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            together.Clear();
            while (together.Count < MostWritesACommit && _writes.Reader.TryRead(out var write)) together.Add(write);
            Commit(together);
        }
    }

    private void Commit(List<MetaWrite> writes)
    {
        try
        {
            var connection = _writer.Value;
            connection.Run("BEGIN IMMEDIATE");
            try
            {
                foreach (var write in writes) write.RunInSavepoint(connection);
                connection.Run("COMMIT");
            }
            catch
            {
                connection.TryRollback();
                throw;
            }
            foreach (var write in writes) write.Succeed();
        }
        catch (Exception cause)
        {
            foreach (var write in writes) write.Fail(cause);
        }
    }
}
