namespace Leat.Log.Tests;

/// <summary>Requests and responses of the protocol, written from its documentation.</summary>
internal static class WireSchemas
{
    private static readonly Dictionary<ApiKey, (string Request, string Response)> Texts = new()
    {
        [ApiKey.Produce] = (
            "transactional_id:string? acks:int16 timeout:int32 topics[name:string partitions[index:int32 records:bytes?]]",
            "topics[name:string partitions[index:int32 error:int16 base_offset:int64 append_time:int64 start_offset:int64@5+ record_errors@8+[at:int32 message:string?] message:string?@8+]] throttle:int32"),
        [ApiKey.Fetch] = (
            "replica:int32 max_wait:int32 min_bytes:int32 max_bytes:int32 isolation:int8 session:int32@7+ epoch:int32@7+ topics[name:string partitions[index:int32 leader_epoch:int32@9+ offset:int64 last_epoch:int32@12+ start_offset:int64@5+ max_bytes:int32]] forgotten@7+[name:string partitions[:int32]] rack:string@11+",
            "throttle:int32 error:int16@7+ session:int32@7+ topics[name:string partitions[index:int32 error:int16 high_watermark:int64 stable_offset:int64 start_offset:int64@5+ aborted?[producer:int64 first_offset:int64] replica:int32@11+ records:bytes?]]"),
        [ApiKey.ListOffsets] = (
            "replica:int32 isolation:int8@2+ topics[name:string partitions[index:int32 leader_epoch:int32@4+ timestamp:int64]]",
            "throttle:int32@2+ topics[name:string partitions[index:int32 error:int16 timestamp:int64 offset:int64 leader_epoch:int32@4+]]"),
        [ApiKey.Metadata] = (
            "topics?[id:uuid@10+ name:string] create:bool@4+ cluster_rights:bool@8-10 topic_rights:bool@8+",
            "throttle:int32@3+ brokers[id:int32 host:string port:int32 rack:string?@1+] cluster:string?@2+ controller:int32@1+ topics[error:int16 name:string id:uuid@10+ internal:bool@1+ partitions[error:int16 index:int32 leader:int32 leader_epoch:int32@7+ replicas[:int32] isr[:int32] offline@5+[:int32]] rights:int32@8+] rights:int32@8-10"),
        [ApiKey.OffsetCommit] = (
            "group:string generation:int32 member:string instance:string?@7+ retention:int64@2-4 topics[name:string partitions[index:int32 offset:int64 leader_epoch:int32@6+ metadata:string?]]",
            "throttle:int32@3+ topics[name:string partitions[index:int32 error:int16]]"),
        [ApiKey.OffsetFetch] = (
            "group:string topics?[name:string partitions[:int32]] stable:bool@7+",
            "throttle:int32@3+ topics[name:string partitions[index:int32 offset:int64 leader_epoch:int32@5+ metadata:string? error:int16]] error:int16@2+"),
        [ApiKey.FindCoordinator] = (
            "key:string@0-3 type:int8@1+ keys@4+[:string]",
            "throttle:int32@1+ error:int16@0-3 message:string?@1-3 id:int32@0-3 host:string@0-3 port:int32@0-3 coordinators@4+[key:string id:int32 host:string port:int32 error:int16 message:string?]"),
        [ApiKey.JoinGroup] = (
            "group:string session_timeout:int32 rebalance_timeout:int32@1+ member:string instance:string?@5+ type:string protocols[name:string metadata:bytes]",
            "throttle:int32@2+ error:int16 generation:int32 type:string?@7+ protocol:string? leader:string member:string members[member:string instance:string?@5+ metadata:bytes]"),
        [ApiKey.Heartbeat] = ("group:string generation:int32 member:string instance:string?@3+", "throttle:int32@1+ error:int16"),
        [ApiKey.LeaveGroup] = (
            "group:string member:string@0-2 members@3+[member:string instance:string?]",
            "throttle:int32@1+ error:int16 members@3+[member:string instance:string? error:int16]"),
        [ApiKey.SyncGroup] = (
            "group:string generation:int32 member:string instance:string?@3+ type:string?@5+ protocol:string?@5+ assignments[member:string assignment:bytes]",
            "throttle:int32@1+ error:int16 type:string?@5+ protocol:string?@5+ assignment:bytes"),
        [ApiKey.DescribeGroups] = (
            "groups[:string] rights:bool@3+",
            "throttle:int32@1+ groups[error:int16 group:string state:string type:string protocol:string members[member:string instance:string?@4+ client:string host:string metadata:bytes assignment:bytes] rights:int32@3+]"),
        [ApiKey.ListGroups] = ("states@4+[:string]", "throttle:int32@1+ error:int16 groups[group:string type:string state:string@4+]"),
        [ApiKey.SaslHandshake] = ("mechanism:string", "error:int16 mechanisms[:string]"),
        [ApiKey.ApiVersions] = ("software:string@3+ software_version:string@3+", "error:int16 apis[key:int16 min:int16 max:int16] throttle:int32@1+"),
        [ApiKey.CreateTopics] = (
            "topics[name:string partitions:int32 replicas:int16 assignments[index:int32 brokers[:int32]] configs[name:string value:string?]] timeout:int32 validate:bool@1+",
            "throttle:int32@2+ topics[name:string error:int16 message:string?@1+ partitions:int32@5+ replicas:int16@5+ configs?@5+[name:string value:string? read_only:bool source:int8 sensitive:bool]]"),
        [ApiKey.DeleteTopics] = ("topics[:string] timeout:int32", "throttle:int32@1+ topics[name:string error:int16 message:string?@5+]"),
        [ApiKey.DeleteRecords] = (
            "topics[name:string partitions[index:int32 offset:int64]] timeout:int32",
            "throttle:int32 topics[name:string partitions[index:int32 start_offset:int64 error:int16]]"),
        [ApiKey.InitProducerId] = (
            "transactional_id:string? timeout:int32 producer:int64@3+ epoch:int16@3+",
            "throttle:int32 error:int16 producer:int64 epoch:int16"),
        [ApiKey.OffsetForLeaderEpoch] = (
            "replica:int32@3+ topics[name:string partitions[index:int32 current_epoch:int32 epoch:int32]]",
            "throttle:int32 topics[name:string partitions[error:int16 index:int32 epoch:int32 end_offset:int64]]"),
        [ApiKey.AddPartitionsToTxn] = (
            "transactional_id:string producer:int64 epoch:int16 topics[name:string partitions[:int32]]",
            "throttle:int32 topics[name:string partitions[index:int32 error:int16]]"),
        [ApiKey.AddOffsetsToTxn] = ("transactional_id:string producer:int64 epoch:int16 group:string", "throttle:int32 error:int16"),
        [ApiKey.EndTxn] = ("transactional_id:string producer:int64 epoch:int16 commit:bool", "throttle:int32 error:int16"),
        [ApiKey.TxnOffsetCommit] = (
            "transactional_id:string group:string producer:int64 epoch:int16 generation:int32@3+ member:string@3+ instance:string?@3+ topics[name:string partitions[index:int32 offset:int64 leader_epoch:int32@2+ metadata:string?]]",
            "throttle:int32 topics[name:string partitions[index:int32 error:int16]]"),
        [ApiKey.DescribeConfigs] = (
            "resources[type:int8 name:string keys?[:string]] synonyms:bool@1+ documentation:bool@3+",
            "throttle:int32 resources[error:int16 message:string? type:int8 name:string configs[name:string value:string? read_only:bool default:bool@0 source:int8@1+ sensitive:bool synonyms@1+[name:string value:string? source:int8] type:int8@3+ documentation:string?@3+]]"),
        [ApiKey.AlterConfigs] = (
            "resources[type:int8 name:string configs[name:string value:string?]] validate:bool",
            "throttle:int32 resources[error:int16 message:string? type:int8 name:string]"),
        [ApiKey.SaslAuthenticate] = ("bytes:bytes", "error:int16 message:string? bytes:bytes lifetime:int64@1+"),
        [ApiKey.CreatePartitions] = (
            "topics[name:string count:int32 assignments?[brokers[:int32]]] timeout:int32 validate:bool",
            "throttle:int32 topics[name:string error:int16 message:string?]"),
        [ApiKey.DeleteGroups] = ("groups[:string]", "throttle:int32 groups[group:string error:int16]"),
        [ApiKey.IncrementalAlterConfigs] = (
            "resources[type:int8 name:string configs[name:string operation:int8 value:string?]] validate:bool",
            "throttle:int32 resources[error:int16 message:string? type:int8 name:string]"),
    };

    private static readonly Dictionary<ApiKey, (WireSchema Request, WireSchema Response)> Parsed = Texts.ToDictionary(t => t.Key, t => (WireSchema.Parse(t.Value.Request), WireSchema.Parse(t.Value.Response)));

    public static WireSchema Request(ApiKey key) => Parsed[key].Request;

    public static WireSchema Response(ApiKey key) => Parsed[key].Response;
}
