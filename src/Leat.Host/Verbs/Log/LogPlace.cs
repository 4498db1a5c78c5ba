using System.CommandLine;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Log;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host.Verbs;

/// <summary>Topic and partition on a command line of the log.</summary>
internal static class LogPlace
{
    public static readonly Argument<string> Topic = new("topic") { Description = "name of the topic", HelpName = "TOPIC" };
    public static readonly Option<int?> Partition = new("--partition", "-p") { Description = "number of the partition, from 0", HelpName = "N" };

    public static IEventLog Log(VerbContext context) => context.Services.GetRequiredService<IEventLog>();

    /// <summary>The embedded log, for what only files on this machine can have.</summary>
    /// <exception cref="LeatException">LEAT7042 the log is somewhere else.</exception>
    public static EmbeddedLog Embedded(VerbContext context) => Log(context) as EmbeddedLog
        ?? throw new LeatException("LEAT7042", "the log of this target is not on this machine", "log", "use the tools of the broker, or a target with an embedded log");

    /// <exception cref="LeatException">LEAT2001 unknown topic.</exception>
    public static Task<TopicInfo> TopicAsync(VerbContext context, CancellationToken ct) => TopicAsync(context, context.Get(Topic)!, ct);

    /// <exception cref="LeatException">LEAT2001 unknown topic.</exception>
    public static async Task<TopicInfo> TopicAsync(VerbContext context, string name, CancellationToken ct)
    {
        var log = Log(context);
        if (await log.FindTopicAsync(name, ct) is { } found) return found;
        var nearest = Nearest.To(name, (await log.ListTopicsAsync(ct)).Select(t => t.Name));
        throw new LeatException("LEAT2001", $"there is no topic '{name}'", "the event log", nearest is null ? "see 'leat log topics list', or create it with 'leat log topics create'" : $"did you mean '{nearest}'?");
    }

    /// <summary>The partition asked for, or all.</summary>
    /// <exception cref="LeatException">LEAT2006 there is no such partition.</exception>
    public static IReadOnlyList<TopicPartition> Partitions(VerbContext context, TopicInfo topic)
    {
        if (context.Get(Partition) is not { } one) return [.. Enumerable.Range(0, topic.Partitions).Select(p => new TopicPartition(topic.Name, p))];
        if (one >= 0 && one < topic.Partitions) return [new TopicPartition(topic.Name, one)];
        throw new LeatException("LEAT2006", $"topic '{topic.Name}' has no partition {one}; it has 0 to {topic.Partitions - 1}", "--partition", "use an existing partition");
    }

    /// <summary>The partition asked for; may be left out where there is only one.</summary>
    /// <exception cref="LeatException">LEAT2006 there is no such partition; LEAT7043 there are several.</exception>
    public static TopicPartition OnePartition(VerbContext context, TopicInfo topic) => Partitions(context, topic) is [var only]
        ? only
        : throw new LeatException("LEAT7043", $"topic '{topic.Name}' has {topic.Partitions} partitions", "the command line", "say which with --partition");
}
