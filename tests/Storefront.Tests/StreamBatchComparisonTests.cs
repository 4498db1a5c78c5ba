using Leat.Conformance;
using Leat.Core;
using Leat.DuckDb;
using Leat.Lake;
using Leat.Sql;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Demo;

namespace Storefront.Tests;

/// <summary>"stream equals batch" is found by comparing: one streamed row that is wrong by a tenth of a penny makes it false.</summary>
public sealed class StreamBatchComparisonTests
{
    [RetailFact]
    public async Task Given_a_finished_replay_When_one_streamed_row_is_corrupted_Then_the_comparison_finds_exactly_that_row()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        RetailData.LinkFirst(3, data);
        var state = Path.Combine(folder.Path, "state");
        using (var demo = DemoProcess.Start(state, "demo", "--once", "--json", "--port", "0", "--data", data)) await demo.JsonAsync();

        Assert.Equal(0, await CountDifferencesAsync(state));
        CorruptOneRow(Path.Combine(state, "lake/streams/revenue_per_minute"));
        Assert.Equal(1, await CountDifferencesAsync(state));
    }

    private static async Task<long> CountDifferencesAsync(string state)
    {
        var loaded = ProjectLoader.Load(Path.Combine(RepositoryRoot.Path, "examples/storefront"));
        var services = new ServiceCollection().AddLogging().AddLeatCore(loaded.Project with { DataFolder = state }, loaded.Configuration).AddLeatSql().AddLeatLake();
        await using var provider = services.BuildServiceProvider();
        await using var session = provider.GetRequiredService<ISqlEngine>().OpenSession(new SqlSessionOptions());
        return await new StreamBatchComparison(session).CountDifferencesAsync(CancellationToken.None);
    }

    /// <summary>Writes one Parquet file of the table anew, with the revenue of its first window a tenth of a penny higher.</summary>
    private static void CorruptOneRow(string table)
    {
        var file = Directory.EnumerateFiles(table, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        using var database = DuckDbDatabase.Open();
        using var connection = database.Connect();
        connection.Execute($"""
            copy (
                select * replace (case when window_start = (select min(window_start) from read_parquet('{file}')) then revenue + 0.001 else revenue end as revenue)
                from read_parquet('{file}')
            ) to '{file}.new' (format parquet)
            """);
        File.Move($"{file}.new", file, overwrite: true);
    }
}
