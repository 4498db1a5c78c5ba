namespace Leat.Log;

/// <summary>Consumer groups of the embedded log for this process.</summary>
internal sealed class EmbeddedGroups(GroupScene scene) : IConsumerGroups
{
    private const int LongestName = 249;
    private static readonly TimeSpan ShortestSession = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(30);

    public IGroupConsumer Join(GroupOptions options)
    {
        CheckName(options.Group);
        if (options.SessionTimeout < ShortestSession || options.SessionTimeout > LongestSession) throw LogErrors.InvalidOption("session timeout", options.SessionTimeout, $"{ShortestSession} to {LongestSession}");
        return new EmbeddedGroupConsumer(scene, options);
    }

    public async ValueTask<IReadOnlyList<GroupInfo>> ListAsync(CancellationToken ct)
    {
        var groups = new List<GroupInfo>();
        foreach (var listed in await scene.Coordinator.ListAsync([], ct).ConfigureAwait(false))
        {
            var group = await scene.Coordinator.DescribeAsync(listed.Group, ct).ConfigureAwait(false);
            groups.Add(new GroupInfo(group.Group, group.State, [.. group.Members.Select(m => m.MemberId)]));
        }
        return groups;
    }

    public async ValueTask<IReadOnlyList<GroupOffset>> CommittedAsync(string group, CancellationToken ct)
    {
        CheckName(group);
        var fetched = await scene.Coordinator.FetchAsync(new FetchOffsets(group, null, RequireStable: false), ct).ConfigureAwait(false);
        return [.. fetched.Offsets.Select(o => new GroupOffset(o.Partition, o.Offset, o.Metadata))];
    }

    public async ValueTask<IReadOnlyList<GroupLag>> LagAsync(string group, CancellationToken ct)
    {
        var lags = new List<GroupLag>();
        foreach (var offset in await CommittedAsync(group, ct).ConfigureAwait(false))
        {
            if (scene.Batches.Find(offset.Partition.Topic) is null) continue;
            var info = await scene.Log.DescribeAsync(offset.Partition, ct).ConfigureAwait(false);
            lags.Add(new GroupLag(offset.Partition, offset.Offset, info.EndOffsetExcl));
        }
        return lags;
    }

    public async ValueTask SetOffsetsAsync(string group, IReadOnlyCollection<GroupOffset> offsets, CancellationToken ct)
    {
        CheckName(group);
        if (offsets.Count == 0) return;
        foreach (var offset in offsets) _ = await scene.Log.DescribeAsync(offset.Partition, ct).ConfigureAwait(false);
        var request = new CommitOffsets(group, -1, "", [.. offsets.Select(o => new OffsetToCommit(o.Partition, o.Offset, -1, o.Metadata))]);
        var answer = await scene.Coordinator.CommitAsync(request, ct).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw failure;
        foreach (var partition in answer.Partitions)
        {
            switch (partition.Error)
            {
                case KafkaError.None:
                    break;
                case KafkaError.UnknownMemberId or KafkaError.IllegalGeneration or KafkaError.RebalanceInProgress:
                    throw LogErrors.GroupHasMembers(group);
                case KafkaError.OffsetMetadataTooLarge:
                    throw LogErrors.CommitRefused(group, $"the metadata of {partition.Partition} is too long");
                default:
                    throw LogErrors.Coordinator($"group {group}, {partition.Partition}", partition.Error);
            }
        }
    }

    public async ValueTask DeleteAsync(string group, CancellationToken ct)
    {
        CheckName(group);
        var answer = await scene.Coordinator.DeleteAsync(group, ct).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw failure;
        if (answer.Error == KafkaError.NonEmptyGroup) throw LogErrors.GroupHasMembers(group);
        if (answer.Error == KafkaError.GroupIdNotFound) throw LogErrors.UnknownGroup(group);
        if (answer.Error != KafkaError.None) throw LogErrors.Coordinator($"group {group}", answer.Error);
    }

    private static void CheckName(string group)
    {
        if (group.Length is 0 or > LongestName) throw LogErrors.InvalidOption("group id", $"'{group}'", "1 to 249 characters");
    }
}
