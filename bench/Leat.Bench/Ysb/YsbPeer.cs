using System.Diagnostics;
using Leat.DuckDb;

namespace Leat.Bench.Ysb;

/// <summary>DuckDB computing the same answer from the same events as an NDJSON file; it reads the three fields it needs.</summary>
internal sealed class YsbPeer : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;
    private readonly string _query;

    public YsbPeer(YsbInput input, CancellationToken ct)
    {
        _connection = _database.Connect();
        _connection.Execute("CREATE TABLE ads (ad_id VARCHAR, campaign_id VARCHAR)", ct);
        _connection.Execute($"INSERT INTO ads VALUES {string.Join(',', input.Pairs.Select(p => $"('{p.Ad}','{p.Campaign}')"))}", ct);
        _query = $$"""
            SELECT c.campaign_id, (e.event_time // 10000 * 10000)::BIGINT AS w, count(*)::BIGINT AS n
            FROM read_json('{{input.NdjsonFile}}', format='newline_delimited', columns={ad_id: 'VARCHAR', event_type: 'VARCHAR', event_time: 'BIGINT'}) e
            JOIN ads c ON e.ad_id = c.ad_id WHERE e.event_type = 'view' GROUP BY ALL
            """;
    }

    public YsbPeerRun Measure(int threads, CancellationToken ct)
    {
        _connection.Execute($"SET threads = {threads}", ct);
        using var process = Process.GetCurrentProcess();
        var (cpu, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var answer = new SortedDictionary<(string, long), long>();
        using var result = _connection.Query(_query, ct);
        while (result.Fetch(ct) is { } batch)
        {
            using (batch)
                for (var row = 0; row < batch.RowCount; row++) answer.Add((batch[0].GetText(row).ToString(), batch[1].Get<long>(row)), batch[2].Get<long>(row));
        }

        process.Refresh();
        return new YsbPeerRun(watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds, answer);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
