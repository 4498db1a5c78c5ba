using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Runs a project: sources, streams, flows, server.</summary>
internal sealed class UpVerb : Verb
{
    private static readonly Option<int?> Port = new("--port") { Description = "port of the HTTP face (default: server.port of leat.yml, 4310; 0 = any free one)", HelpName = "N" };

    public override string Name => "up";

    public override string Summary => "run all of the project until Ctrl-C";

    public override ImmutableArray<string> Examples => ["up", "up --port 0 --json", "up --project shop"];

    public override VerbPlace Place => VerbPlace.Anywhere;

    public override ImmutableArray<Option> Options => [Port];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        await using var running = await context.StartAsync(new UpSettings(context.ProjectFolder, context.Target, Port: context.Get(Port)), ct);
        if (context.Json) context.WriteJson(new JsonObject { ["ready"] = true, ["address"] = running.Address.ToString(), ["project"] = running.Project.Name });
        else context.Talk($"{running.Project.Name} is up at {running.Address}  (Ctrl-C stops it)");
        await context.Out.FlushAsync(CancellationToken.None);
        await running.WaitForStopAsync(ct);
        return 0;
    }
}
