using System.Diagnostics;
using Leat.Core;
using Npgsql;
using NpgsqlTypes;

namespace Leat.Bench.Log;

/// <summary>PostgreSQL: as many producers, tables and records a batch as the log gets; a batch is one binary COPY in a transaction of its own. Defaults, but WAL without size pressure.</summary>
internal sealed class PostgresPeer(LogInput input, long records) : IAsyncDisposable
{
    private PeerServer? _server;
    private NpgsqlDataSource? _source;

    private static string? Binaries => PeerServer.Find("initdb", Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")) : []) is { } found ? Path.GetDirectoryName(found) : null;

    /// <summary>The peer with a cluster of its own; null where PostgreSQL is not installed.</summary>
    public static async Task<PostgresPeer?> StartAsync(LogInput input, long records, CancellationToken ct)
    {
        if (Binaries is not { } binaries) return null;
        var peer = new PostgresPeer(input, records);
        var folder = Directory.CreateTempSubdirectory("leat-postgres-").FullName;
        var port = PeerServer.FreePort();
        if (Environment.UserName == "root") await RunAsync(new ProcessStartInfo("chown", ["nobody", folder]), ct);
        await RunAsync(Unprivileged(Path.Combine(binaries, "initdb"), ["-D", Path.Combine(folder, "data"), "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]), ct);
        peer._server = await PeerServer.StartAsync(
            Unprivileged(Path.Combine(binaries, "postgres"), ["-D", Path.Combine(folder, "data"), "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_wal_size=8GB"]), folder, port, ct);
        peer._source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=bench;Database=postgres;MaxPoolSize={AppendRun.Producers};Timeout=30");
        return peer;
    }

    public async Task<PeerRun> MeasureAsync(CancellationToken ct)
    {
        for (var table = 0; table < AppendRun.Partitions; table++)
        {
            await using var create = _source!.CreateCommand($"DROP TABLE IF EXISTS log{table}; CREATE TABLE log{table} (at BIGINT, value BYTEA)");
            await create.ExecuteNonQueryAsync(ct);
        }
        var each = records / AppendRun.Producers / LogInput.BatchRecords * LogInput.BatchRecords;
        var patterns = Enumerable.Range(0, AppendRun.Producers).Select(_ => input.CopyPatterns()).ToList();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AppendRun.Producers).Select(p => Task.Run(() => ProduceAsync(patterns[p], p, each), ct)));
        var appended = each * AppendRun.Producers / watch.Elapsed.TotalSeconds;
        watch.Restart();
        var faults = await Task.WhenAll(Enumerable.Range(0, AppendRun.Partitions).Select(t => Task.Run(() => ReadAsync(t, each * AppendRun.Producers / AppendRun.Partitions), ct)));
        return new PeerRun(appended, each * AppendRun.Producers / watch.Elapsed.TotalSeconds, faults.Sum());
    }

    private async Task ProduceAsync(byte[] patterns, int producer, long count)
    {
        await using var connection = await _source!.OpenConnectionAsync();
        var values = Enumerable.Range(0, LogInput.BatchRecords).Select(s => patterns.AsMemory(s * LogInput.ValueBytes, LogInput.ValueBytes)).ToArray();
        for (long number = 0; number < count; number += LogInput.BatchRecords)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"COPY log{producer % AppendRun.Partitions} FROM STDIN (FORMAT BINARY)");
            for (var slot = 0; slot < LogInput.BatchRecords; slot++)
            {
                _ = LogInput.Stamp(patterns, slot, producer, number + slot);
                await copy.StartRowAsync();
                await copy.WriteAsync(number, NpgsqlDbType.Bigint);
                await copy.WriteAsync(values[slot], NpgsqlDbType.Bytea);
            }
            await copy.CompleteAsync();
        }
    }

    /// <summary>A table keeps no order between transactions, so numbers are counted and added up instead.</summary>
    private async Task<long> ReadAsync(int table, long expected)
    {
        await using var connection = await _source!.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryExportAsync($"COPY log{table} TO STDOUT (FORMAT BINARY)");
        var (read, faults, sum) = (0L, 0L, 0L);
        while (await copy.StartRowAsync() >= 0)
        {
            _ = await copy.ReadAsync<long>(NpgsqlDbType.Bigint);
            var value = await copy.ReadAsync<byte[]>(NpgsqlDbType.Bytea);
            var number = LogInput.TagOf(value).Number;
            if (!input.IsIntact(value, number)) faults++;
            sum += number;
            read++;
        }
        var each = expected / (AppendRun.Producers / AppendRun.Partitions);
        return faults + Math.Abs(expected - read) + (sum == expected / each * (each * (each - 1) / 2) ? 0 : 1);
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static ProcessStartInfo Unprivileged(string program, IEnumerable<string> arguments) => Environment.UserName == "root"
        ? new("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments])
        : new(program, arguments);

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new LeatException("LEAT7032", $"'{start.FileName}' ended with {process.ExitCode}: {(await error).Trim()}", "PostgreSQL", "run it by hand to see why", Fault.External);
    }
}
