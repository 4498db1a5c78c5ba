using System.Globalization;
using Leat.Core;
using Leat.Streams.History;
using Leat.Streams.Tests.LakeSources;

namespace Leat.Streams.Tests.History;

/// <summary>Clicks of the lake and the topic, or of the topic alone: each as a line, and counted in windows.</summary>
internal sealed class HistoryJob(int? window) : StreamJob
{
    public override string Name => "history";

    protected override void Define(JobBuilder job)
    {
        var clicks = window is { } rows
            ? job.FromHistory<ClickEvent>(new HistoryPlan(NaiveLanding.Table, "clicks") { Window = rows }, c => c.At, TimeSpan.FromSeconds(20))
            : job.From<ClickEvent>("clicks", c => c.At, TimeSpan.FromSeconds(20));
        clicks.Select(c => new Line(Text.Literal(string.Create(CultureInfo.InvariantCulture, $"{c.User} {c.Campaign} {c.Cost}")))).ToLake("out");
        clicks.KeyBy(c => c.Campaign).Tumbling(TimeSpan.FromSeconds(10)).Aggregate(a => a.Count().Sum("cost", c => c.Cost)).ToLake("counts");
    }
}
