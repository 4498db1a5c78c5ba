using System.Text;
using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>Sealed segments as memory: blocks stay right whatever happens to their files, and nothing stays open for ever.</summary>
public sealed class MappingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Live => Path.Combine(_folder.Path, "live");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_blocks_that_are_held_When_reader_topic_and_log_are_gone_Then_their_bytes_are_right_and_then_all_is_freed()
    {
        var log = await Fill();
        var blocks = new List<RecordBlock>();
        for (var i = 0; i < 12; i += 3)
        {
            await using var reader = log.OpenReader(Batches.First, i);
            blocks.Add((await reader.ReadAsync(30_000, TimeSpan.Zero, default))!);
        }
        await log.DeleteRecordsAsync(Batches.First, 9, default);
        Check(blocks);
        await log.DeleteTopicAsync("t", default);
        Check(blocks);
        await log.DisposeAsync();
        Check(blocks);
        Assert.True(OpenFiles() > 0, "nothing is mapped");
        foreach (var block in blocks)
        {
            block.Dispose();
            block.Dispose();
            Assert.Throws<ObjectDisposedException>(() => block.Bytes.Length);
        }
        Assert.Equal(0, OpenFiles());
    }

    [Fact]
    public async Task Given_readers_and_fetches_that_end_When_the_log_is_closed_Then_no_file_and_no_memory_is_left()
    {
        await using (var log = await Fill())
        {
            for (var i = 0; i < 200; i++)
            {
                await using var reader = log.OpenReader(Batches.First, i % 12);
                using var block = await reader.ReadAsync(1 + (i * 100), TimeSpan.Zero, default);
                using var fetch = await log.Fetch(i % 12, 1 + (i * 100), committedOnly: false);
                Assert.Equal(KafkaError.None, fetch.Error);
            }
            Assert.InRange(OpenFiles(), 1, 40);
        }
        Assert.Equal(0, OpenFiles());
    }

    [Fact]
    public async Task Given_a_reader_within_a_segment_that_is_sealed_and_replaced_When_it_reads_on_Then_without_gap()
    {
        var time = new ManualTimeProvider();
        var options = KeyedHistory.Options with { SegmentAge = TimeSpan.FromSeconds(1) };
        await using var log = await Batches.Open(Live, new EmbeddedLogParts { Time = time, Options = KeyedHistory.LogOptions }, options);
        await using var reader = log.OpenReader(Batches.First, 0);
        for (var i = 0; i < 30; i++)
        {
            await log.Send(new ClientBatch(($"k{i}", $"{i * 2}"), ($"l{i}", $"{(i * 2) + 1}")));
            if (i % 5 == 4)
            {
                time.Advance(TimeSpan.FromSeconds(2));
                await log.UpkeepAsync(default);
            }
            using var block = await reader.ReadAsync(1, TimeSpan.Zero, default);
            var records = new List<string>();
            foreach (ref readonly var record in block!) records.Add(Encoding.UTF8.GetString(record.Value));
            Assert.Equal([$"{i * 2}", $"{(i * 2) + 1}"], records);
        }
    }

    private async Task<EmbeddedLog> Fill()
    {
        var log = await Batches.Open(Live, null, new TopicOptions { SegmentBytes = 64 << 10 });
        for (var i = 0; i < 13; i++) await log.AppendAsync(Batches.First, Batches.Of($"{i}:{new string('x', 20_000)}"), null, default);
        return log;
    }

    private static void Check(List<RecordBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            foreach (ref readonly var record in blocks[i])
            {
                Assert.Equal($"{i * 3}:{new string('x', 20_000)}", Encoding.UTF8.GetString(record.Value));
                break;
            }
        }
    }

    /// <summary>Handles and mappings of this process on files of this test.</summary>
    private int OpenFiles()
    {
        var handles = Directory.GetFiles("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget?.StartsWith(_folder.Path, StringComparison.Ordinal) ?? false);
        return handles + File.ReadAllLines("/proc/self/maps").Count(l => l.Contains(_folder.Path, StringComparison.Ordinal));
    }
}
