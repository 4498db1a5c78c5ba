using System.Collections.Immutable;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Topics of the log.</summary>
internal sealed class LogTopicsVerb : Verb
{
    public override string Name => "topics";

    public override string Summary => "list, create, describe, change and delete topics";

    public override ImmutableArray<string> Examples => ["log topics list", "log topics create orders --partitions 4 --retention 7d", "log topics describe orders", "log topics change orders --compression lz4", "log topics delete orders"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Verb> Children => [new LogTopicsListVerb(), new LogTopicsCreateVerb(), new LogTopicsDescribeVerb(), new LogTopicsChangeVerb(), new LogTopicsDeleteVerb()];

    public override Task<int> RunAsync(VerbContext context, CancellationToken ct) => throw new InvalidOperationException("a group of verbs does not run");
}
