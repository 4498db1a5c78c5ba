using System.Collections.Concurrent;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log;

/// <summary>The log as files of this machine. One process at a time has it open.</summary>
public sealed partial class EmbeddedLog : IEventLog
{
    private const string LockName = ".lock";
    private readonly string _folder;
    private readonly EmbeddedLogParts _parts;
    private readonly FileStream _lock;
    private readonly TopicStore _store;
    private readonly WriterPool _writers;
    private readonly LogUpkeep _upkeep;
    private readonly ITimer _syncTimer;
    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly ConcurrentDictionary<string, EmbeddedTopic> _topics = new(StringComparer.Ordinal);
    private readonly List<LogRecovery> _recoveries = [];
    private int _closing;
    private int _disposed;

    private EmbeddedLog(string folder, EmbeddedLogParts parts)
    {
        _folder = Path.GetFullPath(folder);
        _parts = parts;
        _parts.Files.CreateFolder(_folder);
        _store = new TopicStore(_folder, _parts.Files);
        _upkeep = new LogUpkeep(() => _topics.Values.SelectMany(t => t.Partitions), _parts);
        _lock = TakeLock();
        _writers = new WriterPool(_parts.Options.WriterThreads);
        _syncTimer = _parts.Time.CreateTimer(_ => SyncTopics(), null, _parts.Options.FsyncInterval, _parts.Options.FsyncInterval);
    }

    /// <summary>What opening found and settled; empty after an orderly end.</summary>
    public IReadOnlyList<LogRecovery> Recoveries => _recoveries;

    /// <summary>Opens the log in <paramref name="folder"/>, creating it when there is none, and recovers what a crash left.</summary>
    /// <param name="folder">Folder of the log, usually <c>.leat/log</c>.</param>
    /// <param name="parts">Settings and surroundings; null = defaults.</param>
    /// <exception cref="LeatException">LEAT2004 in use by another process; LEAT2005 damaged topic settings; LEAT2007 a setting is out of range.</exception>
    public static EmbeddedLog Open(string folder, EmbeddedLogParts? parts = null)
    {
        parts ??= new EmbeddedLogParts();
        if (parts.Options.Problem() is { } problem) throw new LeatException("LEAT2007", problem, EmbeddedLogOptions.Section, "correct the setting in leat.yml");
        try
        {
            var log = new EmbeddedLog(folder, parts);
            log.RecoverOrClose();
            log.StartCoordinators();
            return log;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LogErrors.NotOpened(folder, e);
        }
    }

    public ValueTask<PartitionInfo> DescribeAsync(TopicPartition partition, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var view = Find(partition).View;
        return ValueTask.FromResult(new PartitionInfo(view.StartOffset, view.StableEndExcl, view.SizeBytes, view.MaxTimestampMs));
    }

    public async ValueTask<AppendResult> AppendAsync(TopicPartition partition, RecordBatchBuilder records, string? idempotencyKey, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var log = Find(partition);
        var topic = log.Context.Topic;
        var limit = topic.MaxBatchBytes ?? _parts.Options.MaxBatchBytes;
        if (idempotencyKey is { Length: 0 or > KeyEntry.MaxLength }) throw LogErrors.InvalidKey(log.Context.Where, idempotencyKey.Length);
        if (records.SizeBytes > limit) throw LogErrors.TooLarge(log.Context.Where, records.SizeBytes, limit);
        if (records.HasKeyless && topic.Cleanup.HasFlag(CleanupPolicy.Compact)) throw LogErrors.KeyMissing(log.Context.Where, "a record has no key");
        var batch = records.BeginAppend(idempotencyKey);
        AppendRequest? request = null;
        try
        {
            request = new AppendRequest(BatchShape.For(batch, topic, log.Context)) { Key = idempotencyKey is null ? null : KeyEntry.HashOf(idempotencyKey) };
            var outcome = await log.AppendAsync(request, ct).ConfigureAwait(false);
            return new AppendResult(outcome.BaseOffset, outcome.Count, outcome.Duplicate);
        }
        finally
        {
            records.EndAppend(stillWriting: request is { Done.IsCompleted: false });
        }
    }

    public ILogReader OpenReader(TopicPartition partition, long fromOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        return new PartitionReader(Find(partition), fromOffset);
    }

    public ValueTask<long> OffsetAtAsync(TopicPartition partition, long timestampMs, CancellationToken ct) => TimeLookup.FirstAtAsync(Find(partition), timestampMs, ct);

    /// <summary>Seals by age, removes and compacts what is due, now instead of at the next interval.</summary>
    public Task UpkeepAsync(CancellationToken ct) => _upkeep.RunAsync(ct);

    /// <summary>Reads every stored batch of a partition and says what is damaged; also batches that readers do not see yet or any more.</summary>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2023 the disk failed.</exception>
    public Task<PartitionReport> CheckAsync(TopicPartition partition, CancellationToken ct)
    {
        var log = Find(partition);
        return Task.Run(() => new DamageCheck(log).Run(ct), ct);
    }

    /// <summary>Takes the damaged range at <paramref name="offset"/> out of the way: readers go on after it, its bytes are kept in the partition's folder <c>quarantine</c>.</summary>
    /// <param name="partition">Where.</param>
    /// <param name="offset">An offset in the range that LEAT2021 names.</param>
    /// <param name="ct">Cancels before anything is changed.</param>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2020 out of range; LEAT2038 nothing is damaged there.</exception>
    public async ValueTask<QuarantinedRange> SkipDamageAsync(TopicPartition partition, long offset, CancellationToken ct) =>
        await new DamageSkip(Find(partition), offset).RunAsync(ct).ConfigureAwait(false);

    /// <summary>Finishes appends under way, makes everything durable and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0) return;
        await StopCoordinatorsAsync().ConfigureAwait(false);
        Volatile.Write(ref _disposed, 1);
        await _syncTimer.DisposeAsync().ConfigureAwait(false);
        await _upkeep.DisposeAsync().ConfigureAwait(false);
        await _changes.WaitAsync().ConfigureAwait(false); // a change under way ends before; later ones find the log disposed
        await Task.Run(CloseAll).ConfigureAwait(false);
        _ = _changes.Release();
    }

    private void CloseAll()
    {
        var partitions = _topics.Values.SelectMany(t => t.Partitions).ToList();
        foreach (var partition in partitions) partition.Close();
        _writers.Dispose();
        foreach (var partition in partitions) partition.Finish();
        _lock.Dispose();
    }

    private FileStream TakeLock()
    {
        try
        {
            return new FileStream(Path.Combine(_folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw LogErrors.InUse(_folder, e);
        }
    }

    private void RecoverOrClose()
    {
        try
        {
            Recover();
        }
        catch
        {
            CloseAll();
            throw;
        }
    }

    private void Recover()
    {
        var begun = _parts.Time.GetTimestamp();
        _parts.Files.SyncFolder(_folder);
        foreach (var info in _store.Load()) _topics[info.Name] = OpenTopic(info, new TopicState(info.Options));
        _parts.Logger.Opened(_folder, _topics.Count, (long)_parts.Time.GetElapsedTime(begun).TotalMilliseconds);
    }

    private PartitionLog Find(TopicPartition partition)
    {
        ThrowIfDisposed();
        if (!_topics.TryGetValue(partition.Topic, out var topic)) throw LogErrors.UnknownTopic(partition.Topic, _topics.Keys, _folder);
        return partition.Partition >= 0 && partition.Partition < topic.Partitions.Length
            ? topic.Partitions[partition.Partition]
            : throw LogErrors.NoPartition(partition, topic.Partitions.Length);
    }

    private void SyncTopics()
    {
        foreach (var topic in _topics.Values)
        {
            if (topic.Info.Options.Durability == Durability.Never) continue; // with Fsync only what is left of another setting
            foreach (var partition in topic.Partitions) partition.RequestSync();
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
}
