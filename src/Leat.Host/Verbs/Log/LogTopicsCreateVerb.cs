using System.Collections.Immutable;
using System.CommandLine;
using Leat.Core;
using Leat.Host.CommandLine;
using Leat.Log;

namespace Leat.Host.Verbs;

/// <summary>A new topic.</summary>
internal sealed class LogTopicsCreateVerb : Verb
{
    public override string Name => "create";

    public override string Summary => "create a topic";

    public override ImmutableArray<string> Examples => ["log topics create orders", "log topics create orders --partitions 4 --retention 7d", "log topics create customers --cleanup compact --compression zstd"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => TopicSettings.All;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var name = context.Get(LogPlace.Topic)!;
        if (await log.FindTopicAsync(name, ct) is not null) throw new LeatException("LEAT7044", $"topic '{name}' exists already", "the event log", $"see 'leat log topics describe {name}', or change it with 'leat log topics change {name}'");
        TopicText.Write(context, await TopicText.WholeAsync(log, await log.CreateTopicAsync(name, TopicSettings.Apply(context, new TopicOptions()), ct), ct));
        return 0;
    }
}
