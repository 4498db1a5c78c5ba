using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Drops all state of a job: it begins anew.</summary>
internal sealed class StreamResetVerb : Verb
{
    private static readonly Option<bool> Yes = new("--yes") { Description = "really drop the job's checkpoints" };

    public override string Name => "reset";

    public override string Summary => "drop all state of a job and begin it anew at the start of its topics";

    public override ImmutableArray<string> Examples => ["stream reset campaign_views --yes", "stream reset campaign_views --yes --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [StreamVerb.Job];

    public override ImmutableArray<Option> Options => [Yes];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var job = context.Get(StreamVerb.Job)!;
        if (!context.Get(Yes))
        {
            context.Talk($"this drops all checkpoints of '{job}' for good; its tables, topics and other sinks keep their rows and get the results again. Repeat with --yes, or keep the state first: leat stream savepoint {job}");
            return 2;
        }
        var reset = await StreamVerb.Control(context).ResetAsync(job, ct);
        var kept = reset.Tables.Concat(reset.Topics).Concat(reset.Sinks).ToList();
        StreamText.Write(context, StreamText.Of(reset), $"{reset.Job} reset ({(reset.DroppedCheckpoint == 0 ? "it had no checkpoint" : $"checkpoint {reset.DroppedCheckpoint} dropped")}), now {reset.State}"
            + (kept.Count == 0 ? "" : $"; kept as they are, results come again: {string.Join(", ", kept)}"));
        return 0;
    }
}
