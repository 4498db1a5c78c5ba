using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Takes a last checkpoint and stops a job, until it is started.</summary>
internal sealed class StreamStopVerb : Verb
{
    private static readonly Option<string?> Savepoint = new("--savepoint")
    {
        Description = "save all state in a folder of its own: a new one under .leat/savepoints, or the one named",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public override string Name => "stop";

    public override string Summary => "stop a job at a checkpoint; it stays stopped until it is started";

    public override ImmutableArray<string> Examples => ["stream stop campaign_views", "stream stop campaign_views --savepoint", "stream stop campaign_views --savepoint ../before-change --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [StreamVerb.Job];

    public override ImmutableArray<Option> Options => [Savepoint];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var (control, job) = (StreamVerb.Control(context), context.Get(StreamVerb.Job)!);
        var status = await control.StopAsync(job, ct);
        var json = StreamText.Of(status);
        var line = StreamText.Line(status);
        if (context.Has(Savepoint))
        {
            var saved = await control.SaveAsync(job, StreamText.PathOf(context, context.Get(Savepoint)), ct);
            json["savepoint"] = StreamText.Of(saved);
            line += Environment.NewLine + StreamText.Line(saved);
        }
        StreamText.Write(context, json, line);
        return 0;
    }
}
