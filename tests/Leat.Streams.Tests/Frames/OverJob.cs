using System.Globalization;
using Leat.Core;

namespace Leat.Streams.Tests.Frames;

/// <summary>Each click beside the clicks before it, with aggregates that are taken away and aggregates that are stacked; five seconds of disorder.</summary>
internal sealed class OverJob(Func<KeyedStream<Text, ClickEvent>, OverStream<Text, ClickEvent>> over) : StreamJob
{
    protected override void Define(JobBuilder job) => over(job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5)).KeyBy(e => e.Campaign))
        .Aggregate(
            a => a.Count("n").Sum("sum", e => e.Cost).Distinct("users", e => e.User).Min("least", e => e.Cost).Max("most", e => e.User).Last("last", e => e.Cost)
                .Quantile("median", e => (double)e.Cost, 0.5).Top("top", 2, e => e.Cost, e => e.User).Count("dear", e => e.Cost > 50),
            (row, frame) => new Result(Show(row, frame)))
        .ToLake("over");

    private static string Show(ClickEvent row, WindowedRow<Text> frame) => string.Join('|', row.Campaign, At(row.At), Number(row.Cost), row.User, At(frame.Start), frame.Get<long>(0), Number(frame.Get<decimal>(1)), frame.Get<long>(2),
        Number(frame.Get<decimal>(3)), frame.Get<string>(4), Number(frame.Get<decimal>(5)), Number((decimal)frame.Get<double>(6)), frame.Get<string>(7), frame.Get<long>(8));

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string At(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);

    private readonly record struct Result(string Text);
}
