using System.Globalization;

namespace Leat.Log;

/// <summary>Names: which topic takes the dead letters of which, and how a record that became one is called.</summary>
public static class DeadLetterTopics
{
    /// <summary>What the name of a dead-letter topic ends with.</summary>
    public const string Ending = ".dlq";

    /// <summary>Where records of <paramref name="topic"/> go that cannot be used.</summary>
    public static string For(string topic) => topic + Ending;

    /// <summary>Whether the topic holds dead letters.</summary>
    public static bool IsOne(string topic) => topic.EndsWith(Ending, StringComparison.Ordinal) && topic.Length > Ending.Length;

    /// <summary>The topic whose dead letters <paramref name="topic"/> holds.</summary>
    /// <exception cref="ArgumentException">It is not a dead-letter topic.</exception>
    public static string SourceOf(string topic) => IsOne(topic) ? topic[..^Ending.Length] : throw new ArgumentException($"'{topic}' is not a dead-letter topic", nameof(topic));

    /// <summary>A record of the log as the source of a dead letter: topic[partition]@offset.</summary>
    public static string Source(TopicPartition partition, long offset) => string.Create(CultureInfo.InvariantCulture, $"{partition}@{offset}");

    /// <summary>Reads what <see cref="Source"/> wrote; false for lines of clients and the like.</summary>
    public static bool TryParseSource(string source, out TopicPartition partition, out long offset)
    {
        (partition, offset) = (default, 0);
        var (open, close) = (source.LastIndexOf('['), source.LastIndexOf("]@", StringComparison.Ordinal));
        if (open <= 0 || close < open || !int.TryParse(source.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(source.AsSpan(close + 2), NumberStyles.None, CultureInfo.InvariantCulture, out offset)) return false;
        partition = new TopicPartition(source[..open], number);
        return true;
    }

    /// <summary>Makes sure that the dead-letter topic of <paramref name="topic"/> is there; it has one partition unless somebody made it otherwise.</summary>
    /// <returns>Where dead letters are appended.</returns>
    public static async ValueTask<TopicPartition> OpenAsync(IEventLog log, string topic, CancellationToken ct)
    {
        var name = For(topic);
        if (await log.FindTopicAsync(name, ct).ConfigureAwait(false) is null) await log.CreateTopicAsync(name, new TopicOptions(), ct).ConfigureAwait(false);
        return new TopicPartition(name, 0);
    }
}
