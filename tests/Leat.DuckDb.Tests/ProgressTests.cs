using Leat.Core;

namespace Leat.DuckDb.Tests;

public class ProgressTests : EngineTest
{
    private const string Slow = "SELECT sum(length(regexp_replace('some text ' || i, '[0-9]', 'x', 'g'))) FROM t";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>One engine thread, so that the watching thread has a core too.</summary>
    public ProgressTests() => Connection.Execute("SET threads = 1; CREATE TABLE t AS SELECT i FROM range(2000000) r(i)");

    [Fact]
    public async Task Given_a_long_statement_When_progress_is_read_from_another_thread_Then_it_grows_between_0_and_100_and_is_unknown_before_and_after()
    {
        Connection.TrackProgress();
        Assert.Equal(-1, Connection.ProgressPercent);
        for (var run = 0; run < 2; run++)
        {
            var seen = await WatchAsync(() => Connection.Execute(Slow));

            Assert.Equal(-1, Connection.ProgressPercent);
            Assert.Equal((0L, 0L), Connection.ProgressRows);
            var known = seen.Select(sample => sample.Percent).SkipWhile(percent => percent == -1).ToList();
            if (known is [.., -1]) known.RemoveAt(known.Count - 1);
            Assert.True(known.Count > 0, $"run {run}: no progress was seen in {seen.Count} samples");
            Assert.All(known, percent => Assert.InRange(percent, 0, 100));
            Assert.Equal(known.Order(), known);
        }
    }

    [Fact]
    public async Task Given_a_long_statement_When_rows_done_are_read_Then_they_grow_up_to_the_rows_of_the_table()
    {
        Connection.TrackProgress();
        var seen = await WatchAsync(() => Connection.Execute(Slow));

        var rows = seen.Select(sample => sample.Rows).Where(rows => rows.Total > 0).ToList();
        Assert.True(rows.Count > 0, $"no rows were seen in {seen.Count} samples");
        Assert.All(rows, r => Assert.InRange(r.Done, 0, r.Total));
        Assert.All(rows, r => Assert.InRange(r.Total, 2_000_000, 2_000_100));
        Assert.Equal(rows.Select(r => r.Done).Order(), rows.Select(r => r.Done));
    }

    [Fact]
    public async Task Given_a_parallel_read_When_progress_is_read_in_the_callback_Then_it_grows()
    {
        Connection.TrackProgress();
        var seen = new List<double>();
        var gate = new Lock();
        await Task.Run(() => Connection.ReadParallel("SELECT regexp_replace('some text ' || i, '[0-9]', 'x', 'g') FROM t", _ =>
        {
            lock (gate) seen.Add(Connection.ProgressPercent);
        })).WaitAsync(Patience);

        Assert.Equal(seen.Order(), seen);
        Assert.All(seen, percent => Assert.True(percent is -1 or (>= 0 and <= 100), $"{percent}"));
        Assert.True(seen.Distinct().Count() > 3);
        Assert.Equal(-1, Connection.ProgressPercent);
    }

    [Fact]
    public async Task Given_a_statement_that_fails_or_is_cancelled_When_it_is_over_Then_progress_is_unknown_again()
    {
        Connection.TrackProgress();
        Assert.Throws<DuckDbException>(() => Connection.Execute("SELECT sum(CASE WHEN i = 1900000 THEN error('stop') ELSE i END) FROM t"));
        Assert.Equal(-1, Connection.ProgressPercent);
        using var stop = new CancellationTokenSource();
        await WatchAsync(
            () => Assert.ThrowsAny<OperationCanceledException>(() => Connection.Execute("SELECT sum(length(regexp_replace('some text ' || a.i, '[0-9]', 'x', 'g'))) FROM t a, range(1000) b", stop.Token)),
            percent =>
            {
                // The progress of a nested loop join stays at 0 for very long (a test host ran for ten minutes): known is enough.
                if (percent >= 0) stop.Cancel();
            });
        Assert.Equal(-1, Connection.ProgressPercent);
        Assert.Equal((0L, 0L), Connection.ProgressRows);
    }

    [Fact]
    public async Task Given_a_connection_that_does_not_track_When_a_statement_runs_Then_progress_stays_unknown()
    {
        var seen = await WatchAsync(() => Connection.Execute(Slow));

        Assert.All(seen, sample => Assert.Equal((-1, (0L, 0L)), sample));
    }

    /// <summary>Runs the statement on a thread of its own and notes each change of its progress.</summary>
    private async Task<List<(double Percent, (long Done, long Total) Rows)>> WatchAsync(Action statement, Action<double>? noted = null)
    {
        var seen = new List<(double Percent, (long, long) Rows)>();
        var running = Task.Factory.StartNew(statement, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!running.IsCompleted)
        {
            var now = (Connection.ProgressPercent, Connection.ProgressRows);
            if (seen.Count == 0 || seen[^1] != now) seen.Add(now);
            noted?.Invoke(now.ProgressPercent);
            Thread.Sleep(1); // not a wait of the thread pool, which other tests keep busy
        }

        await running.WaitAsync(Patience);
        return seen;
    }
}
