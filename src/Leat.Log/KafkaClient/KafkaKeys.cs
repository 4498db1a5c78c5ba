using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Leat.Log;

/// <summary>Idempotency keys of one partition: those in its newest records, read when the first key is asked for, and those appended since by this process. A second process that writes the same partition is not seen.</summary>
internal sealed class KafkaKeys(KafkaLogClients clients, KafkaOffsets offsets, TopicPartition partition) : IAsyncDisposable
{
    private const int ReadBytes = 1 << 20;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<UInt128, Task<AppendResult>> _underWay = [];
    private KeyWindow? _known;

    /// <summary>Appends once: the first caller of a key stores, the others are told its result.</summary>
    public async Task<AppendResult> OnceAsync(string key, Func<Task<AppendResult>> append, CancellationToken ct)
    {
        var hash = KeyEntry.HashOf(key);
        Task<AppendResult>? mine = null;
        Task<AppendResult>? other;
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            _known ??= await ReadAsync(ct).ConfigureAwait(false);
            if (_known.TryGet(hash, out var entry)) return new AppendResult(entry.BaseOffset, (int)entry.Count, true);
            if (!_underWay.TryGetValue(hash, out other)) _underWay[hash] = mine = StoreAsync(hash, append);
        }
        finally
        {
            _ = _turn.Release();
        }
        if (mine is not null) return await mine.WaitAsync(ct).ConfigureAwait(false);
        return await other!.WaitAsync(ct).ConfigureAwait(false) with { Duplicate = true };
    }

    /// <summary>Ends when the appends under way have.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        Task[] underWay = [.. _underWay.Values];
        _ = _turn.Release();
        await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _turn.Dispose();
    }

    private async Task<AppendResult> StoreAsync(UInt128 hash, Func<Task<AppendResult>> append)
    {
        await Task.Yield(); // so that the entry is there before it is taken out
        AppendResult? stored = null;
        try
        {
            stored = await append().ConfigureAwait(false);
            return stored.Value;
        }
        finally
        {
            await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            _ = _underWay.Remove(hash);
            // After a failure nobody knows whether the batch is there: look again before the next one.
            if (stored is { } result) _known?.Add(new KeyEntry(hash, result.BaseOffset, result.Count));
            else _known = null;
            _ = _turn.Release();
        }
    }

    private async Task<KeyWindow> ReadAsync(CancellationToken ct)
    {
        var window = new KeyWindow(clients.Options.IdempotencyRecords);
        var (start, end) = await offsets.EndsAsync(partition, ct).ConfigureAwait(false);
        var from = Math.Max(start, end - clients.Options.IdempotencyRecords);
        await using var reader = new KafkaLogReader(clients, offsets, partition, from);
        while (reader.Position < end)
        {
            using var block = await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct).ConfigureAwait(false);
            if (block is null) break;
            Add(block, window);
        }
        clients.Logger.KafkaKeysRead(partition, window.Count, from, end);
        return window;
    }

    private static void Add(RecordBlock block, KeyWindow window)
    {
        foreach (var record in block)
        {
            if (record.HeaderCount == 0 || !record.TryGetHeader(WellKnownHeaders.IdempotencyKey, out var key)) continue;
            // Other writers of keys (the embedded log's) leave the count out.
            var count = record.TryGetHeader(WellKnownHeaders.IdempotencyCount, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var records) ? records : 1;
            window.Add(new KeyEntry(KeyEntry.HashOf(key), record.Offset, count));
        }
    }
}
