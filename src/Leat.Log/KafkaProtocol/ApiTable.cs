using System.Collections.Immutable;

namespace Leat.Log;

/// <summary>What the port speaks: the answer to ApiVersions, and how each request is encoded.</summary>
internal static class ApiTable
{
    private const short Never = short.MaxValue;

    /// <summary>All requests by key.</summary>
    public static ImmutableArray<ApiVersionRange> All { get; } =
    [
        new(ApiKey.Produce, 3, 10, 9),
        new(ApiKey.Fetch, 4, 12, 12),
        new(ApiKey.ListOffsets, 1, 7, 6),
        new(ApiKey.Metadata, 0, 12, 9),
        new(ApiKey.OffsetCommit, 2, 8, 8),
        new(ApiKey.OffsetFetch, 1, 7, 6),
        new(ApiKey.FindCoordinator, 0, 4, 3),
        new(ApiKey.JoinGroup, 0, 7, 6),
        new(ApiKey.Heartbeat, 0, 4, 4),
        new(ApiKey.LeaveGroup, 0, 4, 4),
        new(ApiKey.SyncGroup, 0, 5, 4),
        new(ApiKey.DescribeGroups, 0, 5, 5),
        new(ApiKey.ListGroups, 0, 4, 3),
        new(ApiKey.SaslHandshake, 0, 1, Never),
        new(ApiKey.ApiVersions, 0, 3, 3),
        new(ApiKey.CreateTopics, 0, 6, 5),
        new(ApiKey.DeleteTopics, 0, 5, 4),
        new(ApiKey.DeleteRecords, 0, 2, 2),
        new(ApiKey.InitProducerId, 0, 4, 2),
        new(ApiKey.OffsetForLeaderEpoch, 2, 4, 4),
        new(ApiKey.AddPartitionsToTxn, 0, 3, 3),
        new(ApiKey.AddOffsetsToTxn, 0, 3, 3),
        new(ApiKey.EndTxn, 0, 3, 3),
        new(ApiKey.TxnOffsetCommit, 0, 3, 3),
        new(ApiKey.DescribeConfigs, 0, 4, 4),
        new(ApiKey.AlterConfigs, 0, 1, 2),
        new(ApiKey.SaslAuthenticate, 0, 2, 2),
        new(ApiKey.CreatePartitions, 0, 2, 2),
        new(ApiKey.DeleteGroups, 0, 2, 2),
        new(ApiKey.IncrementalAlterConfigs, 0, 1, 1),
    ];

    private static readonly ApiVersionRange?[] ByKey = MakeByKey();

    /// <summary>The versions of one request; null for a key that the port does not speak.</summary>
    public static ApiVersionRange? Find(short key) => (ushort)key < ByKey.Length ? ByKey[key] : null;

    private static ApiVersionRange?[] MakeByKey()
    {
        var byKey = new ApiVersionRange?[All.Max(a => (short)a.Key) + 1];
        foreach (var api in All) byKey[(short)api.Key] = api;
        return byKey;
    }
}
