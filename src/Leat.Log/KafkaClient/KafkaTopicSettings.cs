using System.Globalization;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Topic options under Kafka's names, and back. <see cref="TopicOptions.Durability"/> is none of them: every append waits for all in-sync replicas.</summary>
internal static class KafkaTopicSettings
{
    /// <summary>Kafka's settings; null = not set, the cluster's default counts.</summary>
    public static Dictionary<string, string?> Of(TopicOptions options) => new(StringComparer.Ordinal)
    {
        ["segment.bytes"] = Number(options.SegmentBytes),
        ["segment.ms"] = Number(options.SegmentAge),
        ["cleanup.policy"] = options.Cleanup switch { CleanupPolicy.Compact => "compact", CleanupPolicy.CompactAndDelete => "compact,delete", _ => "delete" },
        ["retention.ms"] = options.Retention is { } retention ? Number(retention) : "-1",
        ["retention.bytes"] = Number(options.RetentionBytes ?? -1),
        ["delete.retention.ms"] = Number(options.TombstoneRetention),
        ["min.cleanable.dirty.ratio"] = options.DirtyRatio.ToString(CultureInfo.InvariantCulture),
        ["compression.type"] = options.Compression switch { null => "producer", Compression.None => "uncompressed", { } codec => LogErrors.CodecName(codec) },
        ["max.message.bytes"] = options.MaxBatchBytes is { } bytes ? Number(bytes) : null,
        ["message.timestamp.type"] = options.RecordTime == RecordTime.Appended ? "LogAppendTime" : "CreateTime",
    };

    /// <summary>What the cluster tells; what it leaves out is Leat's default.</summary>
    public static TopicOptions Read(Dictionary<string, Rd.Admin.ConfigEntryResult> settings, int partitions)
    {
        var defaults = new TopicOptions();
        return new TopicOptions
        {
            Partitions = partitions,
            SegmentBytes = Whole(settings, "segment.bytes") ?? defaults.SegmentBytes,
            SegmentAge = Time(settings, "segment.ms") ?? defaults.SegmentAge,
            Cleanup = Text(settings, "cleanup.policy") is { Length: > 0 } policy ? PolicyOf(policy) : defaults.Cleanup,
            Retention = Time(settings, "retention.ms"),
            RetentionBytes = Whole(settings, "retention.bytes") is >= 0 and var bytes ? bytes : null,
            TombstoneRetention = Time(settings, "delete.retention.ms") ?? defaults.TombstoneRetention,
            DirtyRatio = double.TryParse(Text(settings, "min.cleanable.dirty.ratio"), CultureInfo.InvariantCulture, out var ratio) ? ratio : defaults.DirtyRatio,
            Compression = CodecOf(Text(settings, "compression.type")),
            MaxBatchBytes = settings.TryGetValue("max.message.bytes", out var limit) && IsOwn(limit) ? (int?)Whole(settings, "max.message.bytes") : null,
            RecordTime = Text(settings, "message.timestamp.type") == "LogAppendTime" ? RecordTime.Appended : RecordTime.Created,
        };
    }

    private static bool IsOwn(Rd.Admin.ConfigEntryResult setting) => !setting.IsDefault && setting.Source is Rd.Admin.ConfigSource.DynamicTopicConfig or Rd.Admin.ConfigSource.UnknownConfig;

    private static CleanupPolicy PolicyOf(string text) =>
        (text.Contains("compact", StringComparison.Ordinal) ? CleanupPolicy.Compact : 0) | (text.Contains("delete", StringComparison.Ordinal) ? CleanupPolicy.Delete : 0);

    private static Compression? CodecOf(string? text) => text switch
    {
        null or "" or "producer" => null,
        "uncompressed" or "none" => Compression.None,
        _ => Enum.TryParse<Compression>(text, ignoreCase: true, out var codec) ? codec : null,
    };

    private static string? Text(Dictionary<string, Rd.Admin.ConfigEntryResult> settings, string name) => settings.TryGetValue(name, out var setting) ? setting.Value : null;

    private static long? Whole(Dictionary<string, Rd.Admin.ConfigEntryResult> settings, string name) =>
        long.TryParse(Text(settings, name), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Null = not told, or for ever: Kafka writes that as -1 or as more than a time span holds.</summary>
    private static TimeSpan? Time(Dictionary<string, Rd.Admin.ConfigEntryResult> settings, string name) =>
        Whole(settings, name) is { } ms and >= 0 && ms < (long)TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(ms) : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(TimeSpan value) => Number((long)value.TotalMilliseconds);
}
