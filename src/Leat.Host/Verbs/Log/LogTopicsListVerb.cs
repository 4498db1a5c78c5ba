using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;
using Leat.Host.Rendering;

namespace Leat.Host.Verbs;

/// <summary>Topics with sizes.</summary>
internal sealed class LogTopicsListVerb : Verb
{
    public override string Name => "list";

    public override string Summary => "topics with partitions and sizes";

    public override ImmutableArray<string> Examples => ["log topics list", "log topics list --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var log = LogPlace.Log(context);
        var rows = new JsonArray();
        foreach (var topic in await log.ListTopicsAsync(ct)) rows.Add(await TopicText.RowAsync(log, topic, ct));
        ObjectTable.Write(context, rows, "there are no topics; sources/*.yml declares them, or 'leat log topics create' makes one");
        return 0;
    }
}
