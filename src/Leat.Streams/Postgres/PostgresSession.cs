using Leat.Core;
using Npgsql;
using NpgsqlTypes;

namespace Leat.Streams;

/// <summary>A job's table in an open database: each epoch is one transaction with the note of it.</summary>
internal sealed class PostgresSession : ISinkSession
{
    // A life has the higher bits of a row's version, the epoch the lower 40.
    private const int EpochBits = 40;
    private const long SetUpLock = 0x6C656174;
    private readonly PostgresPlan _plan;
    private readonly NpgsqlDataSource _source;
    private bool _hasSentTypes;

    private PostgresSession(PostgresPlan plan, NpgsqlDataSource source) => (_plan, _source) = (plan, source);

    /// <summary>Makes or checks the tables and takes over from earlier lives of the job.</summary>
    public static Task<PostgresSession> OpenAsync(PostgresPlan plan, NpgsqlDataSource source, CancellationToken ct)
    {
        var session = new PostgresSession(plan, source);
        return session.InTransactionAsync(
            async connection =>
            {
                // Of several jobs that begin at once, one makes the tables.
                await RunAsync(connection, "SELECT pg_advisory_xact_lock(@key)", ct, new NpgsqlParameter("key", SetUpLock)).ConfigureAwait(false);
                if (!await ExistsAsync(connection, plan.NotesTable, ct).ConfigureAwait(false)) await RunAsync(connection, plan.CreateNotes, ct).ConfigureAwait(false);
                if (!await ExistsAsync(connection, plan.Table, ct).ConfigureAwait(false)) await RunAsync(connection, plan.CreateTable, ct).ConfigureAwait(false);
                session._hasSentTypes = await PostgresCheck.RunAsync(plan, connection, ct).ConfigureAwait(false);
                await RunAsync(
                    connection,
                    $"INSERT INTO {plan.NotesTable} SELECT @job, @sink, @life, coalesce(max(number), 0) + 1, 0, now() FROM {plan.NotesTable} WHERE job = @job AND sink = @sink ON CONFLICT DO NOTHING",
                    ct, session.Names()).ConfigureAwait(false);
                _ = await session.NoteAsync(connection, ct).ConfigureAwait(false);
                return session;
            },
            ct);
    }

    public async ValueTask<long> LastEpochAsync(CancellationToken ct) => await InTransactionAsync(async connection => (await NoteAsync(connection, ct).ConfigureAwait(false)).Epoch, ct).ConfigureAwait(false);

    public async ValueTask CommitAsync(SinkEpoch epoch, CancellationToken ct) => await InTransactionAsync(
        async connection =>
        {
            var (life, last) = await NoteAsync(connection, ct).ConfigureAwait(false);
            if (last >= epoch.Number) return false;
            await WriteAsync(connection, epoch, (life << EpochBits) | epoch.Number, ct).ConfigureAwait(false);
            await RunAsync(connection, $"UPDATE {_plan.NotesTable} SET epoch = @epoch, at = now() WHERE job = @job AND sink = @sink AND life = @life", ct, [.. Names(), new("epoch", epoch.Number)]).ConfigureAwait(false);
            return true;
        },
        ct).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task WriteAsync(NpgsqlConnection connection, SinkEpoch epoch, long version, CancellationToken ct)
    {
        if (_plan.Target.Mode == SinkMode.Complete) await RunAsync(connection, _plan.Clear, ct).ConfigureAwait(false);
        if (!_plan.IsKeyed && _hasSentTypes)
        {
            await CopyAsync(connection, _plan.CopyTable, epoch, isStaged: false, ct).ConfigureAwait(false);
            return;
        }

        await RunAsync(connection, _plan.CreateStaged, ct).ConfigureAwait(false);
        await CopyAsync(connection, _plan.CopyStaged, epoch, isStaged: true, ct).ConfigureAwait(false);
        if (!_plan.IsKeyed)
        {
            await RunAsync(connection, _plan.InsertStaged, ct).ConfigureAwait(false);
            return;
        }

        await RunAsync(connection, _plan.DeleteGone, ct, new NpgsqlParameter("version", version)).ConfigureAwait(false);
        await RunAsync(connection, _plan.Upsert, ct, new NpgsqlParameter("version", version)).ConfigureAwait(false);
    }

    private async Task CopyAsync(NpgsqlConnection connection, string sql, SinkEpoch epoch, bool isStaged, CancellationToken ct)
    {
        var import = await connection.BeginBinaryImportAsync(sql, ct).ConfigureAwait(false);
        await using (import.ConfigureAwait(false))
        {
            long order = 0;
            await foreach (var batch in epoch.ReadAsync().WithCancellation(ct).ConfigureAwait(false))
            {
                using (batch)
                {
                    for (var row = 0; row < batch.RowCount; row++)
                    {
                        await import.StartRowAsync(ct).ConfigureAwait(false);
                        for (var i = 0; i < _plan.Columns.Length; i++) _plan.Columns[i].Write(import, batch[i], row);
                        if (!isStaged) continue;
                        import.Write(_plan.IsKeyed && batch[_plan.Columns.Length].Get<byte>(row) != 0, NpgsqlDbType.Boolean);
                        import.Write(order++, NpgsqlDbType.Bigint);
                    }
                }
            }

            await import.CompleteAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>The note of this life of the job, locked until the transaction ends.</summary>
    /// <exception cref="LeatException">LEAT2148 there is a later life.</exception>
    private async Task<(long Life, long Epoch)> NoteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        using var command = new NpgsqlCommand($"SELECT number, epoch, (SELECT max(number) FROM {_plan.NotesTable} WHERE job = @job AND sink = @sink) FROM {_plan.NotesTable} WHERE job = @job AND sink = @sink AND life = @life FOR UPDATE", connection);
        command.Parameters.AddRange(Names());
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!await reader.ReadAsync(ct).ConfigureAwait(false)) throw StreamErrors.SinkTable(_plan.Sink.Name, $"the note of the job's life was removed from {_plan.NotesTable}", "reset the job with 'leat stream reset': what is in the table is not known any more");
            return reader.GetInt64(0) < reader.GetInt64(2) ? throw StreamErrors.SinkTaken(_plan.Sink.Name, _plan.Target.Job) : (reader.GetInt64(0), reader.GetInt64(1));
        }
    }

    private NpgsqlParameter[] Names() => [new("job", _plan.Target.Job), new("sink", _plan.Sink.Table), new("life", _plan.Target.Life)];

    private Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct) => PostgresConnection.AskAsync(_plan.Sink.Name, async () =>
    {
        var connection = await _source.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(connection).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
                return result;
            }
        }
    });

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        using var command = new NpgsqlCommand("SELECT to_regclass(@table) IS NOT NULL", connection) { Parameters = { new("table", table) } };
        return (bool)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!; // never NULL by the statement
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
