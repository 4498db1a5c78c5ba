using Leat.Conformance;

namespace Leat.Log.Tests;

/// <summary>The log and its model through random histories of appends, transactions, reads, deletions, compaction, retention, restarts, kills and power cuts.</summary>
public sealed class LogHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_a_random_history_of_everything_When_compared_with_the_model_Then_equal()
    {
        var cuts = 0;
        await Property.ForAll(12, 400, async seed =>
        {
            using var history = new LogHistory(seed, Path.Combine(_folder.Path, $"{seed}"));
            await history.RunAsync(120);
            cuts += history.Cuts;
        });
        Assert.True(cuts > 0, $"only {cuts} power cuts");
    }
}
