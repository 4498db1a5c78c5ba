using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>A query as a job: its streams are given, its rows go to the answer.</summary>
internal abstract class NexmarkQuery(string name) : INexmarkQuery
{
    /// <summary>How much later than a newer event an event may come, as the definition has it.</summary>
    public static readonly TimeSpan Disorder = TimeSpan.FromSeconds(4);

    public string Name => name;

    public StreamJob Job(NexmarkEvents events, NexmarkAnswer answer) => new QueryJob(this, events, answer);

    protected abstract void Define(JobBuilder job, Stream<NexmarkEvent> events, NexmarkAnswer answer);

    /// <summary>The events with the time that the query goes by.</summary>
    protected virtual Stream<NexmarkEvent> Read(JobBuilder job, NexmarkEvents events) => job.From(new NexmarkSource(events), e => e.DateTime, Disorder);

    protected static Stream<Bid> Bids(Stream<NexmarkEvent> events) => events.Where(e => e.Kind == NexmarkKind.Bid).Select(e => e.Bid);

    protected static Stream<Auction> Auctions(Stream<NexmarkEvent> events) => events.Where(e => e.Kind == NexmarkKind.Auction).Select(e => e.Auction);

    protected static Stream<Person> People(Stream<NexmarkEvent> events) => events.Where(e => e.Kind == NexmarkKind.Person).Select(e => e.Person);

    private sealed class QueryJob(NexmarkQuery query, NexmarkEvents events, NexmarkAnswer answer) : StreamJob
    {
        public override string Name => query.Name;

        protected override void Define(JobBuilder job) => query.Define(job, query.Read(job, events), answer);
    }
}
