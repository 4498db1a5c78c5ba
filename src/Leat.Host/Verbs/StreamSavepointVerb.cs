using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Saves all state of a job; it goes on.</summary>
internal sealed class StreamSavepointVerb : Verb
{
    private static readonly Argument<string?> Folder = new("path") { Description = "new folder (default: one under .leat/savepoints)", HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne };

    public override string Name => "savepoint";

    public override string Summary => "save all state of a job in a folder of its own, while it goes on";

    public override ImmutableArray<string> Examples => ["stream savepoint campaign_views", "stream savepoint campaign_views ../nightly --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [StreamVerb.Job, Folder];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var saved = await StreamVerb.Control(context).SaveAsync(context.Get(StreamVerb.Job)!, StreamText.PathOf(context, context.Get(Folder)), ct);
        StreamText.Write(context, StreamText.Of(saved), StreamText.Line(saved));
        return 0;
    }
}
