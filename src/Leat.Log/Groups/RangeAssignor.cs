namespace Leat.Log;

/// <summary>Kafka's assignor "range": of each topic every subscribed member gets a run of neighbouring partitions, the first members one more when it does not divide.</summary>
internal static class RangeAssignor
{
    public const string Name = "range";

    /// <summary>One entry a member, also for those who get nothing.</summary>
    public static IReadOnlyList<GroupAssignment> Assign(IReadOnlyList<JoinedMember> members, Func<string, int> partitionsOf)
    {
        var shares = members.ToDictionary(m => m.MemberId, _ => new List<TopicPartition>(), StringComparer.Ordinal);
        var subscriptions = members.Select(m => (Member: m, Topics: ConsumerProtocol.TopicsOf(m.Metadata))).ToList();
        foreach (var topic in subscriptions.SelectMany(s => s.Topics).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var readers = subscriptions.Where(s => s.Topics.Contains(topic, StringComparer.Ordinal)).Select(s => s.Member).OrderBy(m => m.InstanceId ?? m.MemberId, StringComparer.Ordinal).ToList();
            var (each, extra) = Math.DivRem(partitionsOf(topic), readers.Count);
            var next = 0;
            for (var i = 0; i < readers.Count; i++)
            {
                var share = each + (i < extra ? 1 : 0);
                for (var p = 0; p < share; p++) shares[readers[i].MemberId].Add(new TopicPartition(topic, next++));
            }
        }
        return [.. shares.Select(s => new GroupAssignment(s.Key, ConsumerProtocol.Assignment(s.Value)))];
    }
}
