using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;
using Leat.Streams;

namespace Leat.Host.Verbs;

/// <summary>Starts a job that was stopped or has failed.</summary>
internal sealed class StreamStartVerb : Verb
{
    private static readonly Option<string?> From = new("--from-savepoint") { Description = "go on from this savepoint instead of the last checkpoint; sinks keep what was written since, and get it again", HelpName = "DIR" };
    private static readonly Option<bool> AllowDropped = new("--allow-dropped-state") { Description = "leave out state of operators that the job no longer has" };

    public override string Name => "start";

    public override string Summary => "start a job that was stopped or has failed; without 'leat up' it starts with the next one";

    public override ImmutableArray<string> Examples => ["stream start campaign_views", "stream start campaign_views --from-savepoint ../before-change", "stream start campaign_views --allow-dropped-state --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [StreamVerb.Job];

    public override ImmutableArray<Option> Options => [From, AllowDropped];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var how = new StreamStart(StreamText.PathOf(context, context.Get(From)), context.Get(AllowDropped));
        var status = await StreamVerb.Control(context).StartAsync(context.Get(StreamVerb.Job)!, how, ct);
        StreamText.Write(context, StreamText.Of(status), status.State == "stopped" ? $"{status.Name} starts with the next 'leat up'" : StreamText.Line(status));
        return status.State == "failed" ? 1 : 0;
    }
}
