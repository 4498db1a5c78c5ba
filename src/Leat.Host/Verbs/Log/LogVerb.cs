using System.Collections.Immutable;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>The event log.</summary>
internal sealed class LogVerb : Verb
{
    public override string Name => "log";

    public override string Summary => "topics, records, groups and dead letters of the event log";

    public override ImmutableArray<string> Examples => ["log topics list", "log read sales --from 2026-01-05T10:00:00Z --limit 10", "log groups describe reports", "log replay sales.dlq --dry-run"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children =>
        [new LogTopicsVerb(), new LogReadVerb(), new LogGroupsVerb(), new LogReplayVerb(), new LogDeleteRecordsVerb(), new LogCheckVerb(), new LogSkipVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");
}
