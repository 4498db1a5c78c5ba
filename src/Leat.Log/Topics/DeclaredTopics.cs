using Leat.Core;

namespace Leat.Log;

/// <summary>Topics as a project declares them.</summary>
public static class DeclaredTopics
{
    /// <summary>Makes the topic, or gives it what the declaration adds: more partitions, other settings. Partitions beyond the declared ones, and settings that it does not name, stay.</summary>
    /// <exception cref="LeatException">LEAT2007 an unknown setting, or a value out of range.</exception>
    public static async ValueTask<TopicInfo> EnsureTopicAsync(this IEventLog log, TopicSource source, CancellationToken ct)
    {
        var there = await log.FindTopicAsync(source.Topic, ct).ConfigureAwait(false);
        var wanted = there?.Options ?? new TopicOptions();
        foreach (var (name, value) in source.Config) wanted = TopicConfig.Set(wanted, name, value);
        wanted = wanted with { Partitions = Math.Max(source.Partitions, there?.Partitions ?? 0) };
        if (there is null) return await log.CreateTopicAsync(source.Topic, wanted, ct).ConfigureAwait(false);
        return wanted == there.Options with { Partitions = there.Partitions } ? there : await log.ChangeTopicAsync(source.Topic, wanted, ct).ConfigureAwait(false);
    }
}
