namespace Leat.Log;

/// <summary>Creating, changing and removing topics.</summary>
public sealed partial class KafkaLog
{
    public ValueTask<TopicInfo> CreateTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        ThrowIfDisposed();
        TopicStore.CheckName(topic);
        TopicStore.CheckOptions(options);
        return _topics.CreateAsync(topic, options, ct);
    }

    public ValueTask<TopicInfo> ChangeTopicAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        ThrowIfDisposed();
        TopicStore.CheckOptions(options);
        return _topics.ChangeAsync(topic, options, ct);
    }

    public async ValueTask DeleteTopicAsync(string topic, CancellationToken ct)
    {
        ThrowIfDisposed();
        await _topics.DeleteAsync(topic, ct).ConfigureAwait(false);
        foreach (var partition in _keys.Keys.Where(p => p.Topic == topic)) _ = _keys.TryRemove(partition, out _);
        _offsets.Forget(topic);
    }

    public ValueTask<IReadOnlyList<TopicInfo>> ListTopicsAsync(CancellationToken ct)
    {
        ThrowIfDisposed();
        return _topics.ListAsync(ct);
    }

    public ValueTask<TopicInfo?> FindTopicAsync(string topic, CancellationToken ct)
    {
        ThrowIfDisposed();
        return _topics.FindAsync(topic, ct);
    }

    public async ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct)
    {
        ThrowIfDisposed();
        await _topics.RequireAsync(partition, ct).ConfigureAwait(false);
        var (start, end) = await _offsets.EndsAsync(partition, ct).ConfigureAwait(false);
        if (beforeOffset > end || beforeOffset < -1) throw LogErrors.OutOfRange(partition.ToString(), beforeOffset, start, end);
        return await _topics.DeleteRecordsAsync(partition, beforeOffset, ct).ConfigureAwait(false);
    }
}
