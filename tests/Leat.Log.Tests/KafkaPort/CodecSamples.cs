namespace Leat.Log.Tests;

/// <summary>For each request: how the port reads it, shown as text, and a response of the port.</summary>
internal static class CodecSamples
{
    private static readonly List<ByTopic<PartitionError>> Errors = [new("t", [new(0, KafkaError.None), new(1, KafkaError.InvalidTxnState)])];

    public delegate string Reading(ref KafkaReader reader);

    /// <summary>Reads a request and says what was read, in the notation of <see cref="WireSchema.Text"/>, fields in the port's order.</summary>
    public static string Read(ApiKey key, ref KafkaReader r) => key switch
    {
        ApiKey.Produce => Show(ProduceApi.Read(ref r)),
        ApiKey.Fetch => Show(FetchApi.Read(ref r)),
        ApiKey.ListOffsets => Show(ListOffsetsApi.Read(ref r)),
        ApiKey.Metadata => Show(MetadataApi.Read(ref r)),
        ApiKey.OffsetCommit => Show(OffsetCommitApi.Read(ref r)),
        ApiKey.OffsetFetch => Show(OffsetFetchApi.Read(ref r)),
        ApiKey.FindCoordinator => Show(FindCoordinatorApi.Read(ref r)),
        ApiKey.JoinGroup => Show(JoinGroupApi.Read(ref r)),
        ApiKey.Heartbeat => Show(HeartbeatApi.Read(ref r)),
        ApiKey.LeaveGroup => Show(LeaveGroupApi.Read(ref r)),
        ApiKey.SyncGroup => Show(SyncGroupApi.Read(ref r)),
        ApiKey.DescribeGroups => Show(DescribeGroupsApi.Read(ref r)),
        ApiKey.ListGroups => Show(ListGroupsApi.Read(ref r)),
        ApiKey.SaslHandshake => Show(SaslHandshakeApi.Read(ref r)),
        ApiKey.ApiVersions => ShowNothing(ref r),
        ApiKey.CreateTopics => Show(CreateTopicsApi.Read(ref r)),
        ApiKey.DeleteTopics => Show(DeleteTopicsApi.Read(ref r)),
        ApiKey.DeleteRecords => Show(DeleteRecordsApi.Read(ref r)),
        ApiKey.InitProducerId => Show(InitProducerIdApi.Read(ref r)),
        ApiKey.OffsetForLeaderEpoch => Show(OffsetForLeaderEpochApi.Read(ref r)),
        ApiKey.AddPartitionsToTxn => Show(AddPartitionsToTxnApi.Read(ref r)),
        ApiKey.AddOffsetsToTxn => Show(AddOffsetsToTxnApi.Read(ref r)),
        ApiKey.EndTxn => Show(EndTxnApi.Read(ref r)),
        ApiKey.TxnOffsetCommit => Show(TxnOffsetCommitApi.Read(ref r)),
        ApiKey.DescribeConfigs => Show(DescribeConfigsApi.Read(ref r)),
        ApiKey.AlterConfigs => Show(AlterConfigsApi.Read(ref r)),
        ApiKey.SaslAuthenticate => Show(SaslAuthenticateApi.Read(ref r)),
        ApiKey.CreatePartitions => Show(CreatePartitionsApi.Read(ref r)),
        ApiKey.DeleteGroups => Show(DeleteGroupsApi.Read(ref r)),
        ApiKey.IncrementalAlterConfigs => Show(AlterConfigsApi.ReadIncremental(ref r)),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>Writes a response with something in every field.</summary>
    public static void Write(ApiKey key, KafkaWriter w)
    {
        var broker = new Broker(0, "host", 9092);
        switch (key)
        {
            case ApiKey.Produce: ProduceApi.Write(w, [new("t", [new(3, new BatchAppend(KafkaError.InvalidRecord, 5, 6, 7, "why"))])]); break;
            case ApiKey.Fetch: FetchApi.Write(w, KafkaError.None, [new("t", [new(3, KafkaError.None, Fetched())])], committedOnly: true); break;
            case ApiKey.ListOffsets: ListOffsetsApi.Write(w, [new("t", [new(3, KafkaError.None, 4, 5)])]); break;
            case ApiKey.Metadata: MetadataApi.Write(w, new(broker, "cluster", [new(KafkaError.None, "t", true, 2)])); break;
            case ApiKey.OffsetCommit: OffsetCommitApi.Write(w, Errors); break;
            case ApiKey.OffsetFetch: OffsetFetchApi.Write(w, KafkaError.None, [new("t", [new(3, 4, 5, "m", KafkaError.UnstableOffsetCommit)])]); break;
            case ApiKey.FindCoordinator: FindCoordinatorApi.Write(w, new(0, ["g"]), KafkaError.None, broker); break;
            case ApiKey.JoinGroup: JoinGroupApi.Write(w, new(KafkaError.None, 3, "consumer", "range", "leader", "me", [new("me", "i", new byte[] { 1 })])); break;
            case ApiKey.Heartbeat: HeartbeatApi.Write(w, KafkaError.RebalanceInProgress); break;
            case ApiKey.LeaveGroup: LeaveGroupApi.Write(w, KafkaError.None, [new(new("m", "i"), KafkaError.UnknownMemberId)]); break;
            case ApiKey.SyncGroup: SyncGroupApi.Write(w, new(KafkaError.None, "consumer", "range", new byte[] { 1, 2 })); break;
            case ApiKey.DescribeGroups: DescribeGroupsApi.Write(w, [new(KafkaError.None, "g", "Stable", "consumer", "range", [new("m", "i", "c", "h") { Metadata = new byte[] { 1 }, Assignment = new byte[] { 2 } }])]); break;
            case ApiKey.ListGroups: ListGroupsApi.Write(w, KafkaError.None, [new("g", "consumer", "Empty")]); break;
            case ApiKey.SaslHandshake: SaslHandshakeApi.Write(w, KafkaError.UnsupportedSaslMechanism, ["PLAIN"]); break;
            case ApiKey.ApiVersions: ApiVersionsApi.Write(w, KafkaError.None); break;
            case ApiKey.CreateTopics: CreateTopicsApi.Write(w, [new("t", KafkaError.None, "m", 4, [new("retention.ms", "1", 1, 5)])]); break;
            case ApiKey.DeleteTopics: DeleteTopicsApi.Write(w, [new("t", KafkaError.UnknownTopicOrPartition, "m")]); break;
            case ApiKey.DeleteRecords: DeleteRecordsApi.Write(w, [new("t", [new(3, 4, KafkaError.None)])]); break;
            case ApiKey.InitProducerId: InitProducerIdApi.Write(w, KafkaError.None, 7, 8); break;
            case ApiKey.OffsetForLeaderEpoch: OffsetForLeaderEpochApi.Write(w, [new("t", [new(3, KafkaError.None, 4, 5)])]); break;
            case ApiKey.AddPartitionsToTxn: AddPartitionsToTxnApi.Write(w, Errors); break;
            case ApiKey.AddOffsetsToTxn: AddOffsetsToTxnApi.Write(w, KafkaError.ProducerFenced); break;
            case ApiKey.EndTxn: EndTxnApi.Write(w, KafkaError.ProducerFenced); break;
            case ApiKey.TxnOffsetCommit: TxnOffsetCommitApi.Write(w, Errors); break;
            case ApiKey.DescribeConfigs: DescribeConfigsApi.Write(w, [new(KafkaError.None, "m", 2, "t", [new("retention.ms", "1", 1, 5)])], withSynonyms: true); break;
            case ApiKey.AlterConfigs or ApiKey.IncrementalAlterConfigs: AlterConfigsApi.Write(w, [new(KafkaError.InvalidConfig, "m", 2, "t")]); break;
            case ApiKey.SaslAuthenticate: SaslAuthenticateApi.Write(w, KafkaError.SaslAuthenticationFailed, "m", [1, 2]); break;
            case ApiKey.CreatePartitions: CreatePartitionsApi.Write(w, [new("t", KafkaError.InvalidPartitions, "m")]); break;
            case ApiKey.DeleteGroups: DeleteGroupsApi.Write(w, [new("g", KafkaError.NonEmptyGroup)]); break;
            default: throw new ArgumentOutOfRangeException(nameof(key));
        }
    }

    private static BatchFetch Fetched() => new(KafkaError.None, [1, 2, 3, .. new byte[13]], 3, new PartitionView([], 1, 9, 0) { StableEndExcl = 8 }) { Aborted = [new(4, 5)] };

    private static string ShowNothing(ref KafkaReader r)
    {
        ApiVersionsApi.Read(ref r);
        return "";
    }

    private static string Show(object value) => WireText.Of(value);
}
