using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Consumer groups of the cluster.</summary>
internal sealed class KafkaGroups(KafkaLogClients clients, KafkaOffsets offsets, KafkaTopics topics) : IConsumerGroups
{
    private const int LongestName = 249;
    private static readonly TimeSpan ShortestSession = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(30);

    public IGroupConsumer Join(GroupOptions options)
    {
        CheckName(options.Group);
        if (options.SessionTimeout < ShortestSession || options.SessionTimeout > LongestSession) throw LogErrors.InvalidOption("session timeout", options.SessionTimeout, $"{ShortestSession} to {LongestSession}");
        return new KafkaGroupConsumer(clients, options);
    }

    public async ValueTask<IReadOnlyList<GroupInfo>> ListAsync(CancellationToken ct)
    {
        var groups = await topics.AskAsync(admin => admin.ListGroups(clients.Options.RequestTimeout), "groups", ct).ConfigureAwait(false);
        return [.. groups.OrderBy(g => g.Group, StringComparer.Ordinal).Select(g => new GroupInfo(g.Group, g.State, [.. g.Members.Select(m => m.MemberId)]))];
    }

    public async ValueTask<IReadOnlyList<GroupOffset>> CommittedAsync(string group, CancellationToken ct)
    {
        CheckName(group);
        var all = (await topics.CountsAsync(ct).ConfigureAwait(false)).SelectMany(t => Enumerable.Range(0, t.Value).Select(p => new Rd.TopicPartition(t.Key, p))).ToList();
        if (all.Count == 0) return [];
        var found = await new KafkaCalls().RunAsync(
            () =>
            {
                // What is committed now: a reader of committed records would be kept waiting by offsets of an open transaction.
                using var consumer = clients.Consumer(group, new KafkaScratch(), "error", static (settings, _) => settings["isolation.level"] = "read_uncommitted");
                return consumer.Committed(all, clients.Options.RequestTimeout);
            },
            $"group {group}",
            ct).ConfigureAwait(false);
        return [.. found.Where(o => o.Offset.Value >= 0).Select(o => new GroupOffset(new TopicPartition(o.Topic, o.Partition.Value), o.Offset.Value))];
    }

    public async ValueTask<IReadOnlyList<GroupLag>> LagAsync(string group, CancellationToken ct)
    {
        var lags = new List<GroupLag>();
        foreach (var offset in await CommittedAsync(group, ct).ConfigureAwait(false))
        {
            var (_, end) = await offsets.EndsAsync(offset.Partition, ct).ConfigureAwait(false);
            lags.Add(new GroupLag(offset.Partition, offset.Offset, end));
        }
        return lags;
    }

    public async ValueTask SetOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        CheckName(group);
        if (offsets.Count == 0) return;
        foreach (var offset in offsets) await topics.RequireAsync(offset.Partition, ct).ConfigureAwait(false);
        try
        {
            _ = await Task.Run(
                () =>
                {
                    using var consumer = clients.Consumer(group, new KafkaScratch(), "error");
                    consumer.Commit(KafkaGroupConsumer.Native(offsets));
                    return true;
                },
                CancellationToken.None).WaitAsync(ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            var error = KafkaGroupConsumer.InnerOf(e);
            throw KafkaLogFaults.IsMemberGone(error.Code) ? LogErrors.GroupHasMembers(group) : KafkaGroupConsumer.FaultOf(error, group, null);
        }
    }

    public async ValueTask DeleteAsync(string group, CancellationToken ct)
    {
        CheckName(group);
        try
        {
            await topics.Admin.DeleteGroupsAsync([group], new Rd.Admin.DeleteGroupsOptions { RequestTimeout = clients.Options.RequestTimeout }).WaitAsync(ct).ConfigureAwait(false);
        }
        catch (Rd.KafkaException e)
        {
            var error = e is Rd.Admin.DeleteGroupsException deleted ? deleted.Results.Select(r => r.Error).FirstOrDefault(r => r.IsError) ?? e.Error : e.Error;
            throw error.Code switch
            {
                Rd.ErrorCode.NonEmptyGroup => LogErrors.GroupHasMembers(group),
                Rd.ErrorCode.GroupIdNotFound => LogErrors.UnknownGroup(group),
                _ => KafkaLogFaults.Of(error, $"group {group}", e),
            };
        }
    }

    private static void CheckName(string group)
    {
        if (group.Length is 0 or > LongestName) throw LogErrors.InvalidOption("group id", $"'{group}'", "1 to 249 characters");
    }
}
