namespace Leat.Streams.Tests;

/// <summary>Clicks of each user in each second, to a table: state and rows grow with every second.</summary>
internal sealed class SecondCounts : StreamJob
{
    public const string Topic = "clicks";
    public const string Column = "clicks";

    protected override void Define(JobBuilder job) => job
        .From<ClickEvent>(Topic, e => e.At, maxDisorder: TimeSpan.FromSeconds(1))
        .KeyBy(e => e.User)
        .Tumbling(TimeSpan.FromSeconds(1))
        .Aggregate(a => a.Count(Column))
        .ToLake("clicks_1s");
}
