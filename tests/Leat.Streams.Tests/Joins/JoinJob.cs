using Leat.Core;

namespace Leat.Streams.Tests.Joins;

/// <summary>Clicks of users named L... on the left, of all others on the right, by campaign; what the join gives goes to a table and, to see that nothing is late there, through windows.</summary>
internal sealed class JoinJob(Func<JoinedStreams<Text, ClickEvent, ClickEvent>, Stream<Pair>> join) : StreamJob
{
    public static Pair Of(Side<ClickEvent> left, Side<ClickEvent> right) =>
        new((left.Exists ? left : right).Value.Campaign, left.Exists ? left.Value.User : Text.Literal("-"), right.Exists ? right.Value.User : Text.Literal("-"));

    public static Pair Of(ClickEvent left, ClickEvent right) => new(left.Campaign, left.User, right.User);

    protected override void Define(JobBuilder job)
    {
        var clicks = job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.FromSeconds(5));
        var left = clicks.Where(c => c.User.Bytes[0] == 'L').KeyBy(c => c.Campaign);
        var right = clicks.Where(c => c.User.Bytes[0] != 'L').KeyBy(c => c.Campaign);
        var pairs = join(left.With(right));
        pairs.KeyBy(p => p.Campaign).Process(() => new WithTime()).ToLake("pairs");
        pairs.Tumbling(TimeSpan.FromSeconds(2)).Count().ToLake("counts");
    }

    private sealed class WithTime : KeyedProcess<Text, Pair, TimedPair>
    {
        protected internal override void Process(Pair row)
        {
            if (IsLate) throw new InvalidOperationException("late");
            Emit(new TimedPair(row.Campaign, row.Left, row.Right, (Time.Ticks - Clicks.Zero.Ticks) / TimeSpan.TicksPerMillisecond));
        }
    }
}
