namespace Leat.Log.Tests;

/// <summary>Bodies of requests for <see cref="WireClient"/>, for topic "t".</summary>
internal static class Bodies
{
    public static Dictionary<string, object?> Empty => [];

    public static Dictionary<string, object?> Produce(byte[] batch, int partition = 0, int acks = -1) => new()
    {
        ["transactional_id"] = null, ["acks"] = acks, ["timeout"] = 1000, ["topics"] = Topics(new Dictionary<string, object?> { ["index"] = partition, ["records"] = batch }),
    };

    public static Dictionary<string, object?> Fetch(params (int Partition, long Offset)[] from) => new()
    {
        ["replica"] = -1, ["max_wait"] = 0, ["min_bytes"] = 1, ["max_bytes"] = 1 << 20, ["isolation"] = 0, ["session"] = 0, ["epoch"] = -1, ["rack"] = "", ["forgotten"] = new List<object?>(),
        ["topics"] = Topics([.. from.Select(f => new Dictionary<string, object?>
        {
            ["index"] = f.Partition, ["leader_epoch"] = 0, ["offset"] = f.Offset, ["last_epoch"] = -1, ["start_offset"] = -1L, ["max_bytes"] = 1 << 20,
        })]),
    };

    public static Dictionary<string, object?> Metadata(params string[] topics) => new()
    {
        ["topics"] = topics.Select(t => (object?)new Dictionary<string, object?> { ["id"] = Guid.Empty, ["name"] = t }).ToList(), ["create"] = true, ["cluster_rights"] = false, ["topic_rights"] = false,
    };

    public static Dictionary<string, object?> Init(string? id = null) => new() { ["transactional_id"] = id, ["timeout"] = 60_000, ["producer"] = -1L, ["epoch"] = -1 };

    /// <summary>The partitions of the first topic of an answer.</summary>
    public static List<Dictionary<string, object?>> Partitions(Dictionary<string, object?> answer)
    {
        var topics = (List<object?>)answer["topics"]!;
        return [.. ((List<object?>)((Dictionary<string, object?>)topics[0]!)["partitions"]!).Cast<Dictionary<string, object?>>()];
    }

    private static List<object?> Topics(params Dictionary<string, object?>[] partitions) => [new Dictionary<string, object?> { ["name"] = "t", ["partitions"] = partitions.Cast<object?>().ToList() }];
}
