using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>Settings of a topic on the command line and in JSON.</summary>
internal static class TopicSettings
{
    private const string None = "none";
    private static readonly Option<int?> Partitions = new("--partitions") { Description = "number of partitions; can grow, never shrink", HelpName = "N" };
    private static readonly Option<Durability?> Durable = OptionValues.Word("--durability", "when an append counts as stored", Words<Durability>());
    private static readonly Option<CleanupPolicy?> Cleanup = OptionValues.Word("--cleanup", "what happens to old records", new Dictionary<string, CleanupPolicy> { ["delete"] = CleanupPolicy.Delete, ["compact"] = CleanupPolicy.Compact, ["both"] = CleanupPolicy.CompactAndDelete });
    private static readonly Option<TimeSpan?> Retention = OptionValues.Duration("--retention", "how long records are kept, for example 7d; none = for ever", None);
    private static readonly Option<long?> RetentionBytes = OptionValues.Size("--retention-bytes", "bytes kept a partition, for example 10GB; none = all", None);
    private static readonly Option<TimeSpan?> TombstoneRetention = OptionValues.Duration("--tombstone-retention", "how long deletions stay after compaction");
    private static readonly Option<double?> DirtyRatio = new("--dirty-ratio") { Description = "part that may be uncompacted, 0 to 1", HelpName = "PART" };
    private static readonly Option<long?> SegmentBytes = OptionValues.Size("--segment-bytes", "size at which a segment is sealed");
    private static readonly Option<TimeSpan?> SegmentAge = OptionValues.Duration("--segment-age", "age at which a segment is sealed");
    private static readonly Option<long?> MaxBatchBytes = OptionValues.Size("--max-batch-bytes", "largest batch; none = the log's limit", None);
    private static readonly Option<PackedAs?> Packed = OptionValues.Word("--compression", "how batches are packed; producer = as they come", Words<PackedAs>());
    private static readonly Option<RecordTime?> Time = OptionValues.Word("--record-time", "which time records carry", Words<RecordTime>());

    /// <summary>Words of --compression.</summary>
    private enum PackedAs
    {
        None = Compression.None,
        Gzip = Compression.Gzip,
        Snappy = Compression.Snappy,
        Lz4 = Compression.Lz4,
        Zstd = Compression.Zstd,
        Producer = int.MaxValue,
    }

    public static ImmutableArray<Option> All => [Partitions, Durable, Cleanup, Retention, RetentionBytes, TombstoneRetention, DirtyRatio, SegmentBytes, SegmentAge, MaxBatchBytes, Packed, Time];

    /// <summary>The settings with what the command line says; the rest stays.</summary>
    public static TopicOptions Apply(VerbContext context, TopicOptions to) => to with
    {
        Partitions = context.Get(Partitions) ?? to.Partitions,
        Durability = context.Get(Durable) ?? to.Durability,
        Cleanup = context.Get(Cleanup) ?? to.Cleanup,
        Retention = context.Get(Retention) is { } kept ? kept == TimeSpan.MaxValue ? null : kept : to.Retention,
        RetentionBytes = context.Get(RetentionBytes) is { } bytes ? bytes == long.MaxValue ? null : bytes : to.RetentionBytes,
        TombstoneRetention = context.Get(TombstoneRetention) ?? to.TombstoneRetention,
        DirtyRatio = context.Get(DirtyRatio) ?? to.DirtyRatio,
        SegmentBytes = context.Get(SegmentBytes) ?? to.SegmentBytes,
        SegmentAge = context.Get(SegmentAge) ?? to.SegmentAge,
        MaxBatchBytes = context.Get(MaxBatchBytes) is { } most ? most == long.MaxValue ? null : (int)Math.Min(most, int.MaxValue) : to.MaxBatchBytes,
        Compression = context.Get(Packed) is { } packed ? packed == PackedAs.Producer ? null : (Compression)packed : to.Compression,
        RecordTime = context.Get(Time) ?? to.RecordTime,
    };

    public static JsonObject Json(TopicOptions options) => new()
    {
        ["partitions"] = options.Partitions,
        ["durability"] = Word(options.Durability),
        ["cleanup"] = options.Cleanup == CleanupPolicy.CompactAndDelete ? "both" : Word(options.Cleanup),
        ["retention_ms"] = Ms(options.Retention),
        ["retention_bytes"] = options.RetentionBytes,
        ["tombstone_retention_ms"] = Ms(options.TombstoneRetention),
        ["dirty_ratio"] = options.DirtyRatio,
        ["segment_bytes"] = options.SegmentBytes,
        ["segment_age_ms"] = Ms(options.SegmentAge),
        ["max_batch_bytes"] = options.MaxBatchBytes,
        ["compression"] = options.Compression is { } packed ? Word(packed) : "producer",
        ["record_time"] = Word(options.RecordTime),
    };

    private static long? Ms(TimeSpan? time) => time is { } some ? (long)some.TotalMilliseconds : null;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static Dictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => v.ToString().ToLowerInvariant(), StringComparer.Ordinal);
}
