using System.Collections.Immutable;
using System.CommandLine;
using Leat.Host.CommandLine;

namespace Leat.Host.Verbs;

/// <summary>One topic.</summary>
internal sealed class LogTopicsDescribeVerb : Verb
{
    public override string Name => "describe";

    public override string Summary => "settings, offsets and sizes of a topic";

    public override ImmutableArray<string> Examples => ["log topics describe sales", "log topics describe sales --json"];

    public override VerbPlace Place => VerbPlace.Owner;

    public override ImmutableArray<Argument> Arguments => [LogPlace.Topic];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken ct)
    {
        TopicText.Write(context, await TopicText.WholeAsync(LogPlace.Log(context), await LogPlace.TopicAsync(context, ct), ct));
        return 0;
    }
}
