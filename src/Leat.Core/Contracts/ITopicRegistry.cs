namespace Leat.Core;

/// <summary>The topics that the project's sources declare. Read by the collector; filled by ingestion. Thread-safe.</summary>
public interface ITopicRegistry
{
    /// <summary>All declared sources, by topic name.</summary>
    IReadOnlyList<TopicSource> List();

    /// <summary>The source that fills <paramref name="topic"/>, or null when none is declared.</summary>
    TopicSource? Find(string topic);
}
