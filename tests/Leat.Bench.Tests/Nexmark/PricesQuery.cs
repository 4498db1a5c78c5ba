using Leat.Bench.Nexmark;
using Leat.Streams;

namespace Leat.Bench.Tests.Nexmark;

/// <summary>A stand-in for a query: its job reads a topic, and every row passes the answer on its way into a view.</summary>
internal sealed class PricesQuery : INexmarkQuery
{
    public const string Topic = "prices";

    public string Name => "prices";

    public StreamJob Job(NexmarkEvents events, NexmarkAnswer answer) => new PricesJob(answer);

    internal readonly record struct Price(long Auction, long Cents, [EpochMilliseconds] DateTime At);

    private sealed class PricesJob(NexmarkAnswer answer) : StreamJob
    {
        protected override void Define(JobBuilder job) =>
            job.From<Price>(Topic, p => p.At, TimeSpan.FromSeconds(4)).Where(Pass).KeyBy(p => p.Auction).Tumbling(TimeSpan.FromSeconds(10)).Count().ToView("prices", TimeSpan.FromDays(1));

        private bool Pass(Price price)
        {
            answer.Add(new Q2Row(price.Auction, price.Cents));
            return true;
        }
    }
}
