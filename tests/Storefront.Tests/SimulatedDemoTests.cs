using Leat.Conformance;

namespace Storefront.Tests;

/// <summary>The simulator keeps the truth; what arrives is held against it.</summary>
public sealed class SimulatedDemoTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("LEAT_FULL") == "1";

    [Fact]
    public async Task Given_a_simulated_shop_When_its_events_went_all_the_way_Then_nothing_is_lost_and_nothing_counted_twice()
    {
        using var folder = new TemporaryFolder();
        using var demo = DemoProcess.Start(Path.Combine(folder.Path, "state"), "demo", "--once", "--json", "--port", "0", "--events-per-second", Full ? "20000" : "3000", "--seconds", Full ? "60" : "5");
        var audit = await demo.JsonAsync();
        Assert.True(audit["exact"]!.GetValue<bool>(), audit.ToJsonString());
        Assert.True(audit["events_sent"]!.GetValue<long>() > 5000);
        Assert.True(audit["rows_quarantined"]!.GetValue<long>() > 0);
    }
}
