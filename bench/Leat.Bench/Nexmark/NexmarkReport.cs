using System.Collections.Immutable;

namespace Leat.Bench.Nexmark;

/// <summary>Figures and checks of the runs.</summary>
internal static class NexmarkReport
{
    private const string Peer = "duckdb, 1 thread, batch over its own tables, CPU seconds too";

    public static BenchReport Of(IReadOnlyList<NexmarkRuns> queries, NexmarkSettings settings, string generated)
    {
        var absent = NexmarkLoops.All.Select(l => l.Name).Where(name => !queries.Any(q => q.Query == name && q.Leat.Count > 0)).ToList();
        var notes = new List<BenchCheck>();
        if (absent.Count > 0) notes.Add(new BenchCheck("leat_side_absent", true, $"NO FIGURE OF LEAT for {string.Join(", ", absent)}: not written as jobs yet; what is printed for them is the hand-written loop that Leat will be held against"));
        return new BenchReport(
            "nexmark",
            [.. queries.SelectMany(q => Figures(q, settings.Events))],
            [.. queries.Select(Check), .. notes, new BenchCheck("set_up", true, $"{settings}; {generated}; one pass over structs in memory, sink = checksum of every field; peer: every row made and hashed; bidders are FIRST_PERSON_ID + 1000 as nexmark-flink has them")]);
    }

    private static IEnumerable<BenchFigure> Figures(NexmarkRuns query, int events)
    {
        var loop = Rates(query.Loop, events);
        if (query.Leat.Count > 0)
        {
            var leat = Rates(query.Leat, events);
            yield return BenchFigure.Of($"{query.Query}_events_per_second_core", "1/s", leat).Against(Peer, Rates(query.Peer, events), higherIsBetter: true);
            yield return BenchFigure.Of($"{query.Query}_of_loop", "ratio", [.. leat.Zip(loop, (a, b) => a / b)]);
        }

        yield return BenchFigure.Of($"{query.Query}_loop_events_per_second_core", "1/s", loop).Against(Peer, Rates(query.Peer, events), higherIsBetter: true);
    }

    private static BenchCheck Check(NexmarkRuns query) =>
        query.Leat.Count == 0
            ? new BenchCheck($"{query.Query}_loop_equals_peer", query.LoopIsRight, $"loop {query.Loop[0].Answer}; DuckDB {query.PeerAnswer}")
            : new BenchCheck($"{query.Query}_equals_loop_and_peer", query.LoopIsRight && query.LeatIsRight, $"Leat {query.Leat[0].Answer}; loop {query.Loop[0].Answer}; DuckDB {query.PeerAnswer}");

    private static ImmutableArray<double> Rates(List<NexmarkRun> runs, int events) => [.. runs.Select(r => events / r.CpuSeconds)];
}
