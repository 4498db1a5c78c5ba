using Leat.Bench.Nexmark;

namespace Leat.Bench.Tests.Nexmark;

public sealed class CsvFilesTests(NexmarkAnswers answers) : IClassFixture<NexmarkAnswers>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leat-nexmark-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Given_the_files_of_q10_When_the_peer_reads_them_Then_they_hold_every_bid_in_the_file_of_its_minute()
    {
        var sink = default(ChecksumSink<Q10Row>);
        Q10Loop.Write(answers.Events, _folder, ref sink);
        var wrong = answers.Peer.Connection.Scalar($$"""
            WITH files AS (
                SELECT a, b, p, t, x, dt::VARCHAR AS dt, hm::VARCHAR AS hm FROM read_csv('{{_folder}}/*/*/*.csv', header = false, hive_partitioning = true, hive_types_autocast = false,
                    columns = {'a': 'BIGINT', 'b': 'BIGINT', 'p': 'BIGINT', 't': 'TIMESTAMP', 'x': 'VARCHAR'})),
            bids AS (SELECT auction, bidder, price, dateTime, extra, strftime(dateTime, '%Y-%m-%d'), strftime(dateTime, '%H:%M') FROM bid)
            SELECT (SELECT count(*) FROM (FROM files EXCEPT ALL FROM bids)) + (SELECT count(*) FROM (FROM bids EXCEPT ALL FROM files))
            """);
        Assert.Equal(0L, wrong);
        Assert.All(Directory.GetDirectories(_folder, "hm=*", SearchOption.AllDirectories), minute => Assert.Equal(["_SUCCESS", "part-0.csv"], Directory.GetFiles(minute).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.Equal(4, Directory.GetDirectories(_folder, "hm=*", SearchOption.AllDirectories).Length);
    }
}
