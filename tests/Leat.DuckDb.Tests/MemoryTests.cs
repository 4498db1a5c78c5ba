using System.Diagnostics;

namespace Leat.DuckDb.Tests;

/// <summary>What is opened and dropped gives its memory back. Alone, because the memory of the whole process is measured.</summary>
[Collection(Alone)]
public class MemoryTests : EngineTest
{
    public const string Alone = "alone";
    private const int MostMegabytes = 60;

    [Fact]
    public void Given_10000_results_opened_and_dropped_When_done_Then_memory_is_bounded()
    {
        OpenAndDrop(2_000);
        var before = Resident();
        OpenAndDrop(10_000);

        Assert.InRange((Resident() - before) / 1024 / 1024, -1000, MostMegabytes);
    }

    [Fact]
    public void Given_10000_parallel_reads_When_done_Then_memory_is_bounded()
    {
        Connection.Execute("CREATE TABLE t AS SELECT i, 'a text that is not inline ' || i AS t, [i, i] AS l FROM range(3000) r(i)");
        ReadOften(2_000);
        var before = Resident();
        ReadOften(10_000);

        Assert.InRange((Resident() - before) / 1024 / 1024, -1000, MostMegabytes);
    }

    private void OpenAndDrop(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var result = Connection.Query("SELECT i, 'a text that is not inline ' || i AS t, [i, i] AS l FROM range(3000) t(i)");
            using var batch = result.Fetch();
        }
    }

    private void ReadOften(int count)
    {
        for (var i = 0; i < count; i++) Connection.ReadParallel("FROM t", static batch => batch.Retain().Dispose());
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
