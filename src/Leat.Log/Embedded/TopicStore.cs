using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Leat.Core;
using Leat.Storage;

namespace Leat.Log;

/// <summary>The settings file of each topic. A topic exists as soon as its file does.</summary>
internal sealed class TopicStore(string root, DurableFiles files)
{
    public const string FileName = "topic.json";
    private const int LongestName = 249;
    private const string RetiredPrefix = ".deleted-";
    private const string SealBegin = "\n// crc32c ";
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="LeatException">LEAT2002.</exception>
    public static void CheckName(string topic)
    {
        if (topic.Length is 0 or > LongestName || topic is "." or ".." || !topic.All(IsLegal)) throw LogErrors.InvalidName(topic);
    }

    /// <exception cref="LeatException">LEAT2007.</exception>
    public static void CheckOptions(TopicOptions options)
    {
        if (options.Partitions is < 1 or > 1024) throw LogErrors.InvalidOption("partitions", options.Partitions, "1 to 1,024");
        if (options.SegmentBytes is < 64 << 10 or > 1 << 30) throw LogErrors.InvalidOption("segment_bytes", options.SegmentBytes, "65,536 to 1,073,741,824");
        if (!Enum.IsDefined(options.Durability)) throw LogErrors.InvalidOption("durability", options.Durability, "fsync, interval or never");
        if (options.SegmentAge < TimeSpan.FromSeconds(1)) throw LogErrors.InvalidOption("segment_age", options.SegmentAge, "1 second or more");
        if (!Enum.IsDefined(options.Cleanup)) throw LogErrors.InvalidOption("cleanup", options.Cleanup, "delete, compact or compact_and_delete");
        if (options.Retention is { } age && age < TimeSpan.Zero) throw LogErrors.InvalidOption("retention", age, "0 or more, or not set");
        if (options.RetentionBytes is < 0) throw LogErrors.InvalidOption("retention_bytes", options.RetentionBytes, "0 or more, or not set");
        if (options.TombstoneRetention < TimeSpan.Zero) throw LogErrors.InvalidOption("tombstone_retention", options.TombstoneRetention, "0 or more");
        if (options.DirtyRatio is not (>= 0 and <= 1)) throw LogErrors.InvalidOption("dirty_ratio", options.DirtyRatio, "0 to 1");
        if (options.Compression is { } codec && !Enum.IsDefined(codec)) throw LogErrors.InvalidOption("compression", codec, "none, gzip, snappy, lz4 or zstd");
        if (options.MaxBatchBytes is < 1 << 10) throw LogErrors.InvalidOption("max_batch_bytes", options.MaxBatchBytes, "1,024 or more");
        if (!Enum.IsDefined(options.RecordTime)) throw LogErrors.InvalidOption("record_time", options.RecordTime, "created or appended");
    }

    /// <summary>All topics on disk.</summary>
    /// <exception cref="LeatException">LEAT2005 a settings file cannot be used.</exception>
    public List<TopicInfo> Load()
    {
        RemoveRetired();
        var topics = new List<TopicInfo>();
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var file = Path.Combine(folder, FileName);
            foreach (var unfinished in Directory.EnumerateFiles(folder, DurableFiles.TemporaryPrefix + "*")) files.Delete(unfinished);
            if (File.Exists(file)) topics.Add(new TopicInfo(Path.GetFileName(folder), 0, Read(file)));
        }
        return [.. topics.Select(t => t with { Partitions = t.Options.Partitions })];
    }

    /// <summary>Folder of a partition.</summary>
    public string FolderOf(TopicPartition partition) => Path.Combine(root, partition.Topic, partition.Partition.ToString(CultureInfo.InvariantCulture));

    public void Save(string topic, TopicOptions options) =>
        files.Replace(Path.Combine(root, topic, FileName), Sealed(JsonSerializer.SerializeToUtf8Bytes(options, Json)));

    /// <summary>Takes the topic away from all later openings. The folder keeps its files until <see cref="RemoveRetired"/>.</summary>
    public void Retire(string topic)
    {
        var (folder, retired) = (Path.Combine(root, topic), Path.Combine(root, RetiredPrefix + topic + "-" + Guid.NewGuid().ToString("N")));
        files.Rename(folder, retired);
        try
        {
            files.SyncFolder(root);
        }
        catch
        {
            files.Rename(retired, folder); // the topic goes on
            throw;
        }
    }

    /// <summary>Removes the folders of retired topics.</summary>
    public void RemoveRetired()
    {
        foreach (var folder in Directory.EnumerateDirectories(root, RetiredPrefix + "*")) Directory.Delete(folder, recursive: true);
    }

    private static TopicOptions Read(string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            CheckSeal(bytes, file);
            var options = JsonSerializer.Deserialize<TopicOptions>(bytes, Json) ?? throw LogErrors.BrokenTopic(file, "the file is empty");
            CheckOptions(options);
            return options;
        }
        catch (JsonException e)
        {
            throw LogErrors.BrokenTopic(file, e.Message, e);
        }
        catch (LeatException e) when (e.Code == "LEAT2007")
        {
            throw LogErrors.BrokenTopic(file, e.What, e);
        }
    }

    /// <summary>The settings and, as a comment behind them, their checksum.</summary>
    private static byte[] Sealed(byte[] settings) => [.. settings, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{SealBegin}{Crc32C.Of(settings):x8}\n"))];

    /// <summary>Files of older versions have no checksum.</summary>
    private static void CheckSeal(byte[] bytes, string file)
    {
        var at = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(SealBegin));
        if (at >= 0 && !bytes.AsSpan().SequenceEqual(Sealed(bytes[..at]))) throw LogErrors.BrokenTopic(file, "its checksum is wrong");
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
