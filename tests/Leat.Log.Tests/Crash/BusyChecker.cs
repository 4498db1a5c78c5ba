using System.Text;

namespace Leat.Log.Tests;

/// <summary>Compares what a killed writer said with what is in the files: acknowledged = stored, in order, once; transactions whole or not at all.</summary>
internal sealed class BusyChecker
{
    private readonly Dictionary<string, SortedDictionary<long, (string Name, string Key)>> _acknowledged = new() { ["plain"] = [], ["keyed"] = [], ["short"] = [] };
    private readonly HashSet<string> _committed = [];
    private readonly HashSet<string> _aborted = [];

    public int Acknowledged => _acknowledged.Values.Sum(a => a.Count) + _committed.Count;

    public void Hear(IEnumerable<string> lines)
    {
        foreach (var parts in lines.Select(l => l.Split(' ')))
        {
            if (parts[0] == "committed") _committed.Add(parts[1]);
            else if (parts[0] is "aborting") _aborted.Add(parts[1]);
            else if (_acknowledged.TryGetValue(parts[0], out var of)) of.Add(long.Parse(parts[1]), (parts[2], parts[3]));
        }
    }

    public async Task CheckAsync(string folder)
    {
        await using (var log = EmbeddedLog.Open(folder))
        {
            Assert.DoesNotContain(log.Recoveries, r => r.Kind != LogRecoveryKind.TornTail);
            await using (await log.OpenProducerAsync("pair", TimeSpan.FromMinutes(1), default))
            {
                // Takes over, so that what was left open is ended.
            }
            foreach (var topic in _acknowledged.Keys) await CheckTopic(log, topic);
            await CheckPairs(log);
        }
        foreach (var partition in (string[])["plain/0", "pair/0", "pair/1", "keyed/0", "short/0"]) CheckFiles(Path.Combine(folder, partition));
    }

    private async Task CheckTopic(EmbeddedLog log, string topic)
    {
        var stored = await Read(log, new TopicPartition(topic, 0));
        var start = (await log.DescribeAsync(new TopicPartition(topic, 0), default)).StartOffset;
        Assert.Equal(stored.Count, stored.Values.Select(v => v.Name).Distinct().Count());
        if (topic == "plain") Assert.Equal(0, start);
        var newest = stored.GroupBy(s => s.Value.Key).ToDictionary(g => g.Key, g => g.Max(r => r.Key));
        foreach (var (offset, said) in _acknowledged[topic])
        {
            if (offset < start) continue;
            if (stored.TryGetValue(offset, out var found)) Assert.Equal(said, found);
            else Assert.True(topic == "keyed" && newest.TryGetValue(said.Key, out var newer) && newer > offset, $"{topic}: acknowledged {said} is not at {offset}");
        }
    }

    private async Task CheckPairs(EmbeddedLog log)
    {
        var sides = new List<List<string>>();
        for (var p = 0; p < 2; p++) sides.Add([.. (await Read(log, new TopicPartition("pair", p))).Values.Select(v => v.Name)]);
        Assert.Equal(sides[0], sides[1]);
        Assert.Equal(sides[0].Count, sides[0].Distinct().Count());
        Assert.Empty(_committed.Except(sides[0]));
        Assert.Empty(_aborted.Intersect(sides[0]));
    }

    private static async Task<SortedDictionary<long, (string Name, string Key)>> Read(EmbeddedLog log, TopicPartition partition)
    {
        var found = new SortedDictionary<long, (string, string)>();
        var info = await log.DescribeAsync(partition, default);
        await using var reader = log.OpenReader(partition, info.StartOffset);
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var record in block) found.Add(record.Offset, (Encoding.UTF8.GetString(record.Value).Split(':')[0], Encoding.UTF8.GetString(record.Key)));
            }
        }
        Assert.Equal(info.EndOffsetExcl, reader.Position);
        Assert.Equal(info.EndOffsetExcl, (await log.Fetch(info.EndOffsetExcl, 1, committedOnly: false, partition)).HighWatermark);
        return found;
    }

    /// <summary>The files by themselves, with the second decoder: whole batches, right checksums, offsets without gaps.</summary>
    private static void CheckFiles(string folder)
    {
        var next = -1L;
        foreach (var file in Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            var batches = WireBatch.Parse(File.ReadAllBytes(file));
            if (batches.Count == 0) continue;
            Assert.True(next < 0 || batches[0].BaseOffset == next, $"{file} begins at {batches[0].BaseOffset}, expected {next}");
            next = batches[^1].EndOffsetExcl;
        }
    }
}
