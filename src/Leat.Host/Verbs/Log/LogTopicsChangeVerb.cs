using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Other settings of a topic.</summary>
internal sealed class LogTopicsChangeVerb : Verb
{
    public override string Name => "change";

    public override string Summary => "change settings of a topic, or add partitions";

    public override ImmutableArray<string> Examples => ["log topics change orders --retention 30d", "log topics change orders --partitions 8", "log topics change orders --retention none"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => TopicSettings.All;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var topic = await LogPlace.TopicAsync(context, ct);
        if (!TopicSettings.All.Any(context.Has))
        {
            context.Talk("nothing to change: name a setting, see 'leat log topics change --help'");
            return 2;
        }
        TopicText.Write(context, await TopicText.WholeAsync(log, await log.ChangeTopicAsync(topic.Name, TopicSettings.Apply(context, topic.Options), ct), ct));
        return 0;
    }
}
