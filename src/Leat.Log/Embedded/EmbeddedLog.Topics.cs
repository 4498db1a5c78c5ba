using Leat.Storage;

namespace Leat.Log;

/// <summary>Creating, changing and removing topics.</summary>
public sealed partial class EmbeddedLog
{
    /// <summary>Topics whose name begins so belong to the log.</summary>
    internal const string OwnPrefix = "__";

    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TopicStore.CheckName(topic);
        TopicStore.CheckOptions(options);
        lock (_changes)
        {
            ThrowIfDisposed();
            if (!_topics.TryGetValue(topic, out var existing)) return ValueTask.FromResult(Create(new TopicInfo(topic, options.Partitions, options)));
            if (existing.Info.Partitions != options.Partitions) throw LogErrors.OtherSettings(topic, existing.Info.Partitions, options.Partitions);
            return ValueTask.FromResult(existing.Info);
        }
    }

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TopicStore.CheckOptions(options);
        lock (_changes)
        {
            ThrowIfDisposed();
            var existing = FindTopic(topic);
            if (options.Partitions < existing.Info.Partitions) throw LogErrors.FewerPartitions(topic, existing.Info.Partitions, options.Partitions);
            var info = new TopicInfo(topic, options.Partitions, options);
            OnDisk($"topic {topic}", () => Change(existing, info));
            return ValueTask.FromResult(info);
        }
    }

    public async ValueTask DeleteTopicAsync(string topic, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        EmbeddedTopic removed;
        lock (_changes)
        {
            ThrowIfDisposed();
            removed = FindTopic(topic);
            OnDisk($"topic {topic}", () => _store.Retire(topic));
            _ = _topics.TryRemove(topic, out _);
        }
        foreach (var partition in removed.Partitions) await partition.CloseDeletedAsync().ConfigureAwait(false);
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
}
