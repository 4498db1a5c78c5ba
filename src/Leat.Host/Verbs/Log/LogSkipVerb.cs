using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>Takes damage out of the way.</summary>
internal sealed class LogSkipVerb : Verb
{
    private static readonly Option<long> Offset = new("--offset") { Description = "an offset in the damaged range, as LEAT2021 or 'leat log check' names it", HelpName = "OFFSET", Required = true };

    public override string Name => "skip";

    public override string Summary => "go on after damaged records; their bytes are kept in quarantine";

    public override ImmutableArray<string> Examples => ["log check sales", "log skip sales --partition 0 --offset 4711"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override ImmutableArray<Option> Options => [Offset, LogPlace.Partition];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        var partition = LogPlace.OnePartition(context, await LogPlace.TopicAsync(context, ct));
        var skipped = await LogPlace.Embedded(context).SkipDamageAsync(partition, context.Get(Offset), ct);
        if (context.Json)
        {
            context.WriteJson(new JsonObject
            {
                ["topic"] = partition.Topic, ["partition"] = partition.Partition, ["from_offset"] = skipped.FromOffset, ["to_offset"] = skipped.ToOffsetExcl,
                ["quarantined_bytes"] = skipped.Bytes, ["quarantine_file"] = skipped.File.Length == 0 ? null : skipped.File,
            });
            return 0;
        }
        context.Talk($"{partition}: the offsets {skipped.FromOffset} to {skipped.ToOffsetExcl} (excluded) are skipped from now on; {skipped.Bytes} bytes are kept in {(skipped.File.Length == 0 ? "no file, since there were none" : skipped.File)}");
        return 0;
    }
}
