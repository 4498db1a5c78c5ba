using System.Globalization;
using Leat.Core;

namespace Leat.Log;

/// <summary>A setting of <see cref="TopicOptions"/> under the name that Kafka gives it.</summary>
/// <param name="Name">Kafka's name, or leat.* where Kafka has none.</param>
/// <param name="Type">1 bool, 2 text, 3 int, 5 long, 6 double, 7 list, as the protocol numbers them.</param>
/// <param name="Get">The value as text.</param>
internal sealed record TopicConfig(string Name, int Type, Func<TopicOptions, string?> Get)
{
    private const int Text = 2;
    private const int Integer = 3;
    private const int Long = 5;
    private const int Double = 6;
    private const int List = 7;

    /// <summary>Sets the value from text; throws <see cref="FormatException"/> or <see cref="OverflowException"/> when it is none.</summary>
    public required Func<TopicOptions, string, TopicOptions> With { get; init; }

    /// <summary>What the value may be, for messages.</summary>
    public required string Allowed { get; init; }

    /// <summary>All settings, by name.</summary>
    public static IReadOnlyList<TopicConfig> All { get; } =
    [
        new("cleanup.policy", List, o => o.Cleanup switch { CleanupPolicy.Delete => "delete", CleanupPolicy.Compact => "compact", _ => "compact,delete" })
        {
            With = (o, v) => o with { Cleanup = v.Split(',').Aggregate((CleanupPolicy)0, (all, one) => all | Policy(one)) }, Allowed = "delete, compact or compact,delete",
        },
        new("compression.type", Text, o => o.Compression switch { null => "producer", Compression.None => "uncompressed", { } c => c.ToString().ToLowerInvariant() })
        {
            With = (o, v) => o with { Compression = v == "producer" ? null : v is "uncompressed" or "none" ? Compression.None : Codec(v) }, Allowed = "producer, uncompressed, gzip, snappy, lz4 or zstd",
        },
        new("delete.retention.ms", Long, o => Ms(o.TombstoneRetention)) { With = (o, v) => o with { TombstoneRetention = Span(v) }, Allowed = "milliseconds, 0 or more" },
        new("leat.durability", Text, o => o.Durability.ToString().ToLowerInvariant()) { With = (o, v) => o with { Durability = Named<Durability>(v) }, Allowed = "fsync, interval or never" },
        new("max.message.bytes", Integer, o => Number(o.MaxBatchBytes)) { With = (o, v) => o with { MaxBatchBytes = int.Parse(v, CultureInfo.InvariantCulture) }, Allowed = "bytes, 1,024 or more" },
        new("message.timestamp.type", Text, o => o.RecordTime == RecordTime.Created ? "CreateTime" : "LogAppendTime")
        {
            With = (o, v) => o with { RecordTime = v == "CreateTime" ? RecordTime.Created : v == "LogAppendTime" ? RecordTime.Appended : throw new FormatException() }, Allowed = "CreateTime or LogAppendTime",
        },
        new("min.cleanable.dirty.ratio", Double, o => o.DirtyRatio.ToString(CultureInfo.InvariantCulture)) { With = (o, v) => o with { DirtyRatio = double.Parse(v, CultureInfo.InvariantCulture) }, Allowed = "0 to 1" },
        new("retention.bytes", Long, o => Number(o.RetentionBytes ?? -1)) { With = (o, v) => o with { RetentionBytes = v == "-1" ? null : long.Parse(v, CultureInfo.InvariantCulture) }, Allowed = "bytes, or -1 for all" },
        new("retention.ms", Long, o => o.Retention is { } age ? Ms(age) : "-1") { With = (o, v) => o with { Retention = v == "-1" ? null : Span(v) }, Allowed = "milliseconds, or -1 for ever" },
        new("segment.bytes", Integer, o => Number(o.SegmentBytes)) { With = (o, v) => o with { SegmentBytes = long.Parse(v, CultureInfo.InvariantCulture) }, Allowed = "65,536 to 1,073,741,824" },
        new("segment.ms", Long, o => Ms(o.SegmentAge)) { With = (o, v) => o with { SegmentAge = Span(v) }, Allowed = "milliseconds, 1,000 or more" },
    ];

    /// <summary>The setting of that name.</summary>
    /// <exception cref="LeatException">LEAT2007 there is none.</exception>
    public static TopicConfig Find(string name) => All.FirstOrDefault(c => c.Name == name) ?? throw LogErrors.UnknownConfig(name, All.Select(c => c.Name));

    /// <summary>The options with one setting changed.</summary>
    /// <param name="options">Before.</param>
    /// <param name="name">Kafka's name.</param>
    /// <param name="value">As text; null = the default.</param>
    /// <exception cref="LeatException">LEAT2007 no such setting, or no such value.</exception>
    public static TopicOptions Set(TopicOptions options, string name, string? value)
    {
        var config = Find(name);
        value ??= config.Get(new TopicOptions());
        if (value is null) return options with { MaxBatchBytes = null };
        try
        {
            return config.With(options, value);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw LogErrors.InvalidOption(name, $"'{value}'", config.Allowed);
        }
    }

    private static CleanupPolicy Policy(string text) => text.Trim() switch
    {
        "delete" => CleanupPolicy.Delete,
        "compact" => CleanupPolicy.Compact,
        _ => throw new FormatException(),
    };

    private static Compression Codec(string text) => Named<Compression>(text);

    private static T Named<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value : throw new FormatException();

    private static string Ms(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Span(string text) => TimeSpan.FromMilliseconds(Math.Min(long.Parse(text, CultureInfo.InvariantCulture), (long)TimeSpan.MaxValue.TotalMilliseconds - 1));

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
