using System.Text;
using Leat.Bench.Nexmark;
using Leat.Log;

namespace Leat.Bench.Tests.Nexmark;

public sealed class NexmarkJobRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-nexmark-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Given_a_query_as_a_job_When_it_is_run_Then_its_rows_are_the_answer_and_time_was_taken()
    {
        await FillAsync(Path.Combine(_folder, "log"), rows: 3);
        using var events = NexmarkGenerator.Make(NexmarkSettings.Over100Seconds(100));
        var run = await NexmarkJobRun.MeasureAsync(new PricesQuery(), events, _folder, CancellationToken.None);
        var expected = default(RowChecksum);
        for (var i = 0; i < 3; i++) expected.Add(new Q2Row(1000 + i, i));
        Assert.Equal(expected, run.Answer);
        Assert.True(run.Seconds > 0 && run.CpuSeconds > 0);
    }

    private static async Task FillAsync(string folder, int rows)
    {
        await using var log = EmbeddedLog.Open(folder);
        await log.CreateTopicAsync(PricesQuery.Topic, new TopicOptions { Partitions = 1 }, CancellationToken.None);
        var records = new RecordBatchBuilder();
        for (var i = 0; i < rows; i++) records.Add(i, default, Encoding.UTF8.GetBytes($$"""{"auction": {{1000 + i}}, "cents": {{i}}, "at": {{1_700_000_000_000 + i}}}"""));
        await log.AppendAsync(new TopicPartition(PricesQuery.Topic, 0), records, null, CancellationToken.None);
    }
}
