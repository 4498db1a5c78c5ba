using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Removes a topic.</summary>
internal sealed class LogTopicsDeleteVerb : Verb
{
    public override string Name => "delete";

    public override string Summary => "delete a topic and its records, for ever";

    public override ImmutableArray<string> Examples => ["log topics delete orders"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var topic = await LogPlace.TopicAsync(context, ct);
        await LogPlace.Log(context).DeleteTopicAsync(topic.Name, ct);
        if (context.Json) context.WriteJson(new JsonObject { ["topic"] = topic.Name, ["deleted"] = true });
        else context.Talk($"topic '{topic.Name}' is deleted");
        return 0;
    }
}
