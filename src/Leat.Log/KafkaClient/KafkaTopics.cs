using System.Collections.Concurrent;
using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Topics of the cluster, by its admin calls. Thread-safe.</summary>
internal sealed class KafkaTopics(KafkaLogClients clients) : IAsyncDisposable
{
    private readonly Lazy<Rd.IAdminClient> _admin = new(clients.Admin);
    private readonly KafkaCalls _calls = new();
    private readonly ConcurrentDictionary<string, int> _partitions = new(StringComparer.Ordinal);

    public Rd.IAdminClient Admin => _admin.Value;

    private TimeSpan Timeout => clients.Options.RequestTimeout;

    /// <summary>Creates the topic; the existing one when it has as many partitions.</summary>
    public async ValueTask<TopicInfo> CreateAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        if (await FindAsync(topic, ct).ConfigureAwait(false) is { } existing) return Same(existing, options);
        var specification = new Rd.Admin.TopicSpecification
        {
            Name = topic,
            NumPartitions = options.Partitions,
            ReplicationFactor = (short)(clients.Options.Replicas == 0 ? -1 : clients.Options.Replicas),
            Configs = KafkaTopicSettings.Of(options).Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!),
        };
        try
        {
            await CallAsync(() => Admin.CreateTopicsAsync([specification], new Rd.Admin.CreateTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout }), topic, ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e) when (e.Error.Code == Rd.ErrorCode.TopicAlreadyExists)
        {
            // Another process was faster: its settings decide.
        }
        return Same(await AppearedAsync(topic, options.Partitions, ct).ConfigureAwait(false), options);
    }

    public async ValueTask<TopicInfo> ChangeAsync(string topic, TopicOptions options, CancellationToken ct)
    {
        var existing = await FindAsync(topic, ct).ConfigureAwait(false) ?? throw await UnknownAsync(topic, ct).ConfigureAwait(false);
        if (options.Partitions < existing.Partitions) throw LogErrors.FewerPartitions(topic, existing.Partitions, options.Partitions);
        var resource = new Rd.Admin.ConfigResource { Type = Rd.Admin.ResourceType.Topic, Name = topic };
        // The call replaces all settings of the topic: those that Leat does not know are sent again as they are.
        var known = KafkaTopicSettings.Of(options);
        var kept = (await SettingsAsync([topic], ct).ConfigureAwait(false))[topic].Values.Where(s => !s.IsDefault && !s.IsReadOnly && !s.IsSensitive && s.Source == Rd.Admin.ConfigSource.DynamicTopicConfig && !known.ContainsKey(s.Name));
        var entries = known.Where(s => s.Value is not null).Select(s => new Rd.Admin.ConfigEntry { Name = s.Key, Value = s.Value })
            .Concat(kept.Select(s => new Rd.Admin.ConfigEntry { Name = s.Name, Value = s.Value })).ToList();
        await CallAsync(() => Admin.AlterConfigsAsync(new() { [resource] = entries }, new Rd.Admin.AlterConfigsOptions { RequestTimeout = Timeout }), topic, ct).ConfigureAwait(false);
        if (options.Partitions > existing.Partitions)
        {
            var more = new Rd.Admin.PartitionsSpecification { Topic = topic, IncreaseTo = options.Partitions };
            await CallAsync(() => Admin.CreatePartitionsAsync([more], new Rd.Admin.CreatePartitionsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout }), topic, ct).ConfigureAwait(false);
        }
        return await AppearedAsync(topic, options.Partitions, ct).ConfigureAwait(false);
    }

    public async ValueTask DeleteAsync(string topic, CancellationToken ct)
    {
        if (await PartitionsAsync(topic, ct).ConfigureAwait(false) == 0) throw await UnknownAsync(topic, ct).ConfigureAwait(false);
        await CallAsync(() => Admin.DeleteTopicsAsync([topic], new Rd.Admin.DeleteTopicsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout }), topic, ct).ConfigureAwait(false);
        Forget(topic);
        await UntilAsync(async () => await PartitionsAsync(topic, ct).ConfigureAwait(false) == 0, $"topic {topic} is still there", ct).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<TopicInfo>> ListAsync(CancellationToken ct)
    {
        var all = (await CountsAsync(ct).ConfigureAwait(false)).Where(t => !t.Key.StartsWith(EmbeddedLog.OwnPrefix, StringComparison.Ordinal)).OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        if (all.Count == 0) return [];
        var settings = await SettingsAsync([.. all.Select(t => t.Key)], ct).ConfigureAwait(false);
        return [.. all.Select(t => new TopicInfo(t.Key, t.Value, KafkaTopicSettings.Read(settings[t.Key], t.Value)))];
    }

    public async ValueTask<TopicInfo?> FindAsync(string topic, CancellationToken ct)
    {
        var partitions = await PartitionsAsync(topic, ct).ConfigureAwait(false);
        if (partitions == 0) return null;
        var settings = await SettingsAsync([topic], ct).ConfigureAwait(false);
        return new TopicInfo(topic, partitions, KafkaTopicSettings.Read(settings[topic], partitions));
    }

    /// <summary>Partitions of every topic.</summary>
    public async Task<Dictionary<string, int>> CountsAsync(CancellationToken ct)
    {
        var metadata = await AskAsync(admin => admin.GetMetadata(Timeout), "topics", ct).ConfigureAwait(false);
        return metadata.Topics.Where(t => !t.Error.IsError && t.Partitions.Count > 0).ToDictionary(t => t.Topic, t => t.Partitions.Count, StringComparer.Ordinal);
    }

    public async ValueTask<long> DeleteRecordsAsync(TopicPartition partition, long beforeOffset, CancellationToken ct)
    {
        var before = new Rd.TopicPartitionOffset(partition.Topic, partition.Partition, beforeOffset < 0 ? Rd.Offset.End : beforeOffset);
        var options = new Rd.Admin.DeleteRecordsOptions { RequestTimeout = Timeout, OperationTimeout = Timeout };
        return await CallAsync(async () => (await Admin.DeleteRecordsAsync([before], options).ConfigureAwait(false))[0].Offset.Value, partition.ToString(), ct).ConfigureAwait(false);
    }

    /// <summary>Refuses a partition that is not there; asks the cluster once a topic.</summary>
    public async ValueTask RequireAsync(TopicPartition partition, CancellationToken ct)
    {
        if (_partitions.TryGetValue(partition.Topic, out var known) && partition.Partition < known) return;
        var partitions = await PartitionsAsync(partition.Topic, ct).ConfigureAwait(false);
        if (partitions == 0) throw await UnknownAsync(partition.Topic, ct).ConfigureAwait(false);
        if (partition.Partition >= partitions || partition.Partition < 0) throw LogErrors.NoPartition(partition, partitions);
    }

    public void Forget(string topic) => _ = _partitions.TryRemove(topic, out _);

    /// <summary>A blocking question to the cluster.</summary>
    public Task<T> AskAsync<T>(Func<Rd.IAdminClient, T> question, string where, CancellationToken ct) => _calls.RunAsync(() => question(Admin), where, ct);

    /// <summary>Ends when the questions under way have been answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _calls.EndedAsync().ConfigureAwait(false);
        if (_admin.IsValueCreated) await Task.Run(_admin.Value.Dispose).ConfigureAwait(false);
    }

    private static TopicInfo Same(TopicInfo existing, TopicOptions options) =>
        existing.Partitions == options.Partitions ? existing : throw LogErrors.OtherSettings(existing.Name, existing.Partitions, options.Partitions);

    /// <summary>0 = there is no such topic.</summary>
    private async ValueTask<int> PartitionsAsync(string topic, CancellationToken ct)
    {
        // Of all topics, because a question about one makes some brokers create it.
        var counts = await CountsAsync(ct).ConfigureAwait(false);
        if (!counts.TryGetValue(topic, out var partitions))
        {
            Forget(topic);
            return 0;
        }
        _partitions[topic] = partitions;
        return partitions;
    }

    private async Task<LeatException> UnknownAsync(string topic, CancellationToken ct) =>
        LogErrors.UnknownTopic(topic, (await CountsAsync(ct).ConfigureAwait(false)).Keys, clients.Options.Bootstrap);

    private async Task<TopicInfo> AppearedAsync(string topic, int partitions, CancellationToken ct)
    {
        await UntilAsync(async () => await PartitionsAsync(topic, ct).ConfigureAwait(false) >= partitions, $"topic {topic} with {partitions} partitions is not there yet", ct).ConfigureAwait(false);
        return await FindAsync(topic, ct).ConfigureAwait(false) ?? throw await UnknownAsync(topic, ct).ConfigureAwait(false);
    }

    /// <summary>Changes of topics are known to all brokers some time after they are answered.</summary>
    private async Task UntilAsync(Func<Task<bool>> reached, string otherwise, CancellationToken ct)
    {
        var begun = clients.Time.GetTimestamp();
        var pace = new KafkaPace(clients.Time);
        while (!await reached().ConfigureAwait(false))
        {
            if (clients.Time.GetElapsedTime(begun) > Timeout) throw LogErrors.KafkaUnreachable(clients.Options.Bootstrap, otherwise);
            await pace.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<string, Dictionary<string, Rd.Admin.ConfigEntryResult>>> SettingsAsync(IReadOnlyList<string> topics, CancellationToken ct)
    {
        var resources = topics.Select(t => new Rd.Admin.ConfigResource { Type = Rd.Admin.ResourceType.Topic, Name = t });
        try
        {
            var found = await CallAsync(() => Admin.DescribeConfigsAsync(resources, new Rd.Admin.DescribeConfigsOptions { RequestTimeout = Timeout }), string.Join(", ", topics), ct).ConfigureAwait(false);
            return found.ToDictionary(f => f.ConfigResource.Name, f => f.Entries, StringComparer.Ordinal);
        }
        catch (Rd.KafkaException e) when (e.Error.Code is Rd.ErrorCode.Local_UnsupportedFeature or Rd.ErrorCode.UnsupportedVersion)
        {
            // A broker that does not tell settings: they are shown as Leat's defaults.
            return topics.ToDictionary(t => t, _ => new Dictionary<string, Rd.Admin.ConfigEntryResult>(), StringComparer.Ordinal);
        }
    }

    private static async Task CallAsync(Func<Task> call, string where, CancellationToken ct) =>
        await CallAsync(async () =>
        {
            await call().ConfigureAwait(false);
            return 0;
        }, where, ct).ConfigureAwait(false);

    /// <summary>Admin errors come wrapped, one for each thing of the call; there is one.</summary>
    private static async Task<T> CallAsync<T>(Func<Task<T>> call, string where, CancellationToken ct)
    {
        try
        {
            return await call().WaitAsync(ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            var error = InnerOf(e);
            if (error.Code is Rd.ErrorCode.TopicAlreadyExists or Rd.ErrorCode.Local_UnsupportedFeature or Rd.ErrorCode.UnsupportedVersion) throw new Rd.KafkaException(error);
            throw KafkaLogFaults.Of(error, where, e);
        }
    }

    private static Rd.Error InnerOf(Rd.KafkaException e) => e switch
    {
        Rd.Admin.CreateTopicsException created => created.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        Rd.Admin.DeleteTopicsException deleted => deleted.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        Rd.Admin.CreatePartitionsException added => added.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        Rd.Admin.AlterConfigsException altered => altered.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        Rd.Admin.DescribeConfigsException described => described.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        Rd.Admin.DeleteRecordsException removed => removed.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error,
        _ => e.Error,
    };
}
