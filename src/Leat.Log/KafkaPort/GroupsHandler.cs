namespace Leat.Log;

/// <summary>Consumer groups: brings requests to the coordinator and its answers back.</summary>
internal sealed class GroupsHandler(KafkaPortParts parts)
{
    /// <summary>From this version on a new member is first given an id and joins with it.</summary>
    private const int MemberIdFirst = 4;

    public async ValueTask<KafkaWriter?> JoinAsync(KafkaRequest request)
    {
        var body = request.Read(JoinGroupApi.Read);
        // The coordinator keeps the protocols; the request's memory goes back to the pool.
        var answer = await parts.Groups.JoinAsync(
            new JoinGroup(body.Group, body.MemberId, body.ProtocolType, [.. body.Protocols.Select(p => new GroupProtocol(p.Name, p.Metadata.ToArray()))])
            {
                InstanceId = body.InstanceId,
                ClientId = request.Header.ClientId ?? "",
                ClientHost = request.Client.Host,
                SessionTimeout = TimeSpan.FromMilliseconds(body.SessionTimeoutMs),
                RebalanceTimeout = TimeSpan.FromMilliseconds(body.RebalanceTimeoutMs),
                RequireMemberId = request.Header.Version >= MemberIdFirst,
            },
            request.Ct).ConfigureAwait(false);
        var members = answer.Members.Select(m => new JoinGroupApi.Member(m.MemberId, m.InstanceId, m.Metadata)).ToList();
        var writer = request.Respond();
        JoinGroupApi.Write(writer, new JoinGroupApi.Response(answer.Error, answer.Generation, answer.ProtocolType, answer.ProtocolName, answer.Leader, answer.MemberId, members));
        return writer;
    }

    public async ValueTask<KafkaWriter?> SyncAsync(KafkaRequest request)
    {
        var body = request.Read(SyncGroupApi.Read);
        var answer = await parts.Groups.SyncAsync(
            new SyncGroup(body.Group, body.Generation, body.MemberId, [.. body.Assignments.Select(a => new GroupAssignment(a.MemberId, a.Bytes.ToArray()))])
            {
                InstanceId = body.InstanceId,
                ProtocolType = body.ProtocolType,
                ProtocolName = body.Protocol,
            },
            request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        SyncGroupApi.Write(writer, new SyncGroupApi.Response(answer.Error, answer.ProtocolType, answer.ProtocolName, answer.Assignment));
        return writer;
    }

    public async ValueTask<KafkaWriter?> HeartbeatAsync(KafkaRequest request)
    {
        var body = request.Read(HeartbeatApi.Read);
        var error = await parts.Groups.HeartbeatAsync(new GroupHeartbeat(body.Group, body.Generation, body.MemberId, body.InstanceId), request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        HeartbeatApi.Write(writer, error);
        return writer;
    }

    public async ValueTask<KafkaWriter?> LeaveAsync(KafkaRequest request)
    {
        var body = request.Read(LeaveGroupApi.Read);
        var answer = await parts.Groups.LeaveAsync(new LeaveGroup(body.Group, [.. body.Members.Select(m => new LeavingMember(m.MemberId, m.InstanceId))]), request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        LeaveGroupApi.Write(writer, answer.Error, [.. answer.Members.Select(m => new LeaveGroupApi.MemberResult(new LeaveGroupApi.Member(m.MemberId, m.InstanceId), m.Error))]);
        return writer;
    }

    public async ValueTask<KafkaWriter?> CommitAsync(KafkaRequest request)
    {
        var body = request.Read(OffsetCommitApi.Read);
        var answer = await parts.Groups.CommitAsync(new CommitOffsets(body.Group, body.Generation, body.MemberId, OffsetsOf(body.Topics)) { InstanceId = body.InstanceId }, request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        OffsetCommitApi.Write(writer, Regroup.Errors(body.Topics, answer.Partitions));
        return writer;
    }

    public async ValueTask<KafkaWriter?> FetchOffsetsAsync(KafkaRequest request)
    {
        var body = request.Read(OffsetFetchApi.Read);
        var asked = body.Topics?.SelectMany(t => t.Items.Select(i => new TopicPartition(t.Topic, i))).ToList();
        var answer = await parts.Groups.FetchAsync(new FetchOffsets(body.Group, asked, body.RequireStable), request.Ct).ConfigureAwait(false);
        // Version 1 has no place for an error of the whole group: it stands at each partition.
        var offsets = request.Header.Version < 2 && answer.Error != KafkaError.None && asked is not null ? [.. asked.Select(p => new FetchedOffset(p, -1, Error: answer.Error))] : answer.Offsets;
        var topics = offsets.GroupBy(o => o.Partition.Topic)
            .Select(t => new ByTopic<OffsetFetchApi.PartitionResult>(t.Key, [.. t.Select(o => new OffsetFetchApi.PartitionResult(o.Partition.Partition, o.Offset, o.LeaderEpoch, o.Metadata, o.Error))]));
        var writer = request.Respond();
        OffsetFetchApi.Write(writer, answer.Error, [.. topics]);
        return writer;
    }

    public async ValueTask<KafkaWriter?> DescribeAsync(KafkaRequest request)
    {
        var groups = new List<DescribeGroupsApi.Group>();
        foreach (var id in request.Read(DescribeGroupsApi.Read))
        {
            var group = await parts.Groups.DescribeAsync(id, request.Ct).ConfigureAwait(false);
            var members = group.Members.Select(m => new DescribeGroupsApi.Member(m.MemberId, m.InstanceId, m.ClientId, m.ClientHost) { Metadata = m.Metadata, Assignment = m.Assignment });
            groups.Add(new DescribeGroupsApi.Group(group.Error, group.Group, group.State, group.ProtocolType, group.ProtocolName, [.. members]));
        }
        var writer = request.Respond();
        DescribeGroupsApi.Write(writer, groups);
        return writer;
    }

    public async ValueTask<KafkaWriter?> ListAsync(KafkaRequest request)
    {
        var groups = await parts.Groups.ListAsync(request.Read(ListGroupsApi.Read), request.Ct).ConfigureAwait(false);
        var writer = request.Respond();
        ListGroupsApi.Write(writer, KafkaError.None, [.. groups.Select(g => new ListGroupsApi.Group(g.Group, g.ProtocolType, g.State))]);
        return writer;
    }

    public async ValueTask<KafkaWriter?> DeleteAsync(KafkaRequest request)
    {
        var results = new List<DeleteGroupsApi.Result>();
        foreach (var group in request.Read(DeleteGroupsApi.Read)) results.Add(new DeleteGroupsApi.Result(group, (await parts.Groups.DeleteAsync(group, request.Ct).ConfigureAwait(false)).Error));
        var writer = request.Respond();
        DeleteGroupsApi.Write(writer, results);
        return writer;
    }

    /// <summary>The offsets of a commit, in the order of the request.</summary>
    internal static IReadOnlyList<OffsetToCommit> OffsetsOf(List<ByTopic<OffsetCommitApi.Partition>> topics) =>
        [.. topics.SelectMany(t => t.Items.Select(p => new OffsetToCommit(new TopicPartition(t.Topic, p.Index), p.Offset, p.LeaderEpoch, p.Metadata ?? "")))];
}
