using Leat.Storage;

namespace Leat.Log;

/// <summary>Creating, changing and removing topics.</summary>
public sealed partial class EmbeddedLog
{
    /// <summary>Topics whose name begins so belong to the log.</summary>
    internal const string OwnPrefix = "__";

    public async ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        TopicStore.CheckName(topic);
        TopicStore.CheckOptions(options);
        using var turn = await TakeTurnAsync(ct).ConfigureAwait(false);
        if (!_topics.TryGetValue(topic, out var existing)) return Create(new TopicInfo(topic, options.Partitions, options));
        return existing.Info.Partitions == options.Partitions ? existing.Info : throw LogErrors.OtherSettings(topic, existing.Info.Partitions, options.Partitions);
    }

    public async ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        TopicStore.CheckOptions(options);
        RefuseOwn(topic);
        using var turn = await TakeTurnAsync(ct).ConfigureAwait(false);
        var existing = FindTopic(topic);
        if (options.Partitions < existing.Info.Partitions) throw LogErrors.FewerPartitions(topic, existing.Info.Partitions, options.Partitions);
        var info = new TopicInfo(topic, options.Partitions, options);
        OnDisk($"topic {topic}", () => Change(existing, info));
        return info;
    }

    /// <remarks>The folder is renamed first: from then on the topic is gone. The name is free again once its partitions are closed, so that a late write cannot land in a new topic.</remarks>
    public async ValueTask DeleteTopicAsync(string topic, CancellationToken ct)
    {
        RefuseOwn(topic);
        using var turn = await TakeTurnAsync(ct).ConfigureAwait(false);
        var removed = FindTopic(topic);
        Retire(removed);
        foreach (var partition in removed.Partitions) await partition.CloseDeletedAsync().ConfigureAwait(false);
        _ = _topics.TryRemove(topic, out _);
        OnDisk($"topic {topic}", _store.RemoveRetired);
        await GroupCoordinator.ForgetTopicAsync(topic, CancellationToken.None).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        return ValueTask.FromResult<IReadOnlyList<TopicInfo>>([.. All().Where(t => !t.Name.StartsWith(OwnPrefix, StringComparison.Ordinal))]);
    }

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        return ValueTask.FromResult(_topics.TryGetValue(topic, out var found) ? found.Info : null);
    }

    public async ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await Find(partition).OrderAsync(w => w.DeleteBefore(beforeOffset)).WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>From here on everybody gets LEAT2001, also those whose files vanish under their hands.</summary>
    private void Retire(EmbeddedTopic topic)
    {
        topic.State.IsRetired = true;
        try
        {
            OnDisk($"topic {topic.Info.Name}", () => _store.Retire(topic.Info.Name));
        }
        catch
        {
            topic.State.IsRetired = false;
            throw;
        }
    }

    /// <summary>One change of topics at a time; dispose to let the next one in.</summary>
    private async ValueTask<Turn> TakeTurnAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ThrowIfDisposed();
        await _changes.WaitAsync(ct).ConfigureAwait(false);
        var turn = new Turn(_changes);
        if (Volatile.Read(ref _disposed) == 0) return turn;
        turn.Dispose();
        throw new ObjectDisposedException(nameof(EmbeddedLog));
    }

    private static void RefuseOwn(string topic)
    {
        if (topic.StartsWith(OwnPrefix, StringComparison.Ordinal)) throw LogErrors.OwnTopic(topic);
    }

    private IOrderedEnumerable<TopicInfo> All() => _topics.Values.Select(t => t.Info).OrderBy(t => t.Name, StringComparer.Ordinal);

    private EmbeddedTopic FindTopic(string topic) => _topics.TryGetValue(topic, out var found) ? found : throw LogErrors.UnknownTopic(topic, _topics.Keys, _folder);

    private TopicInfo Create(TopicInfo info)
    {
        OnDisk($"topic {info.Name} in {_folder}", () =>
        {
            var opened = OpenTopic(info, new TopicState(info.Options));
            SaveOrClose(opened, opened.Partitions);
            _topics[info.Name] = opened;
        });
        return info;
    }

    /// <summary>New partitions are there before the settings name them.</summary>
    private void Change(EmbeddedTopic existing, TopicInfo info)
    {
        var added = new List<PartitionLog>();
        var changed = existing;
        try
        {
            for (var i = existing.Info.Partitions; i < info.Partitions; i++) added.Add(OpenPartition(info, i, existing.State));
            if (added.Count > 0) _parts.Files.SyncFolder(Path.Combine(_folder, info.Name));
            changed = existing with { Info = info, Partitions = [.. existing.Partitions, .. added] };
        }
        catch
        {
            Close(added);
            throw;
        }
        SaveOrClose(changed, added);
        existing.State.Options = info.Options;
        _topics[info.Name] = changed;
    }

    private void SaveOrClose(EmbeddedTopic topic, IReadOnlyCollection<PartitionLog> opened)
    {
        try
        {
            _store.Save(topic.Info.Name, topic.Info.Options);
        }
        catch
        {
            Close(opened);
            throw;
        }
    }

    private EmbeddedTopic OpenTopic(TopicInfo info, TopicState state)
    {
        var opened = new List<PartitionLog>();
        try
        {
            for (var i = 0; i < info.Partitions; i++) opened.Add(OpenPartition(info, i, state));
            _parts.Files.SyncFolder(Path.Combine(_folder, info.Name));
            return new EmbeddedTopic(info, state, [.. opened]);
        }
        catch
        {
            Close(opened);
            throw;
        }
    }

    private PartitionLog OpenPartition(TopicInfo info, int number, TopicState state)
    {
        var partition = new TopicPartition(info.Name, number);
        var context = new PartitionContext(partition, _store.FolderOf(partition), state, _parts);
        return new PartitionLog(context, new PartitionRecovery(context, _recoveries.Add).Run(), _writers);
    }

    /// <summary>Closes partitions that nobody uses yet.</summary>
    private static void Close(IEnumerable<PartitionLog> partitions)
    {
        foreach (var partition in partitions)
        {
            partition.Close();
            partition.Finish();
        }
    }

    private static void OnDisk(string where, Action change)
    {
        try
        {
            change();
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw LogErrors.DiskFull(where, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LogErrors.NotOpened(where, e);
        }
    }

    private readonly struct Turn(SemaphoreSlim changes) : IDisposable
    {
        public void Dispose() => changes.Release();
    }
}
