using Leat.Conformance;
using Leat.Core;
using Storefront.Demo;

namespace Storefront.Tests;

/// <summary>What the demo does with a data folder that it finds.</summary>
public sealed class DemoStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Given_a_clean_up_killed_half_way_When_prepared_again_Then_it_is_finished()
    {
        _folder.Write("demo.data", "");
        _folder.Write("log/sales/0/x.log", "old");
        new DemoState(_folder.Path, "new").Prepare(once: true);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "log")));
        Assert.Equal("new", File.ReadAllText(Path.Combine(_folder.Path, "demo.data")));
    }

    [Fact]
    public void Given_data_that_no_demo_made_When_prepared_Then_it_is_refused_and_untouched()
    {
        var file = _folder.Write("lake/raw/x", "mine");
        Assert.Equal("LEAT8008", Assert.Throws<LeatException>(() => new DemoState(_folder.Path, "new").Prepare(once: true)).Code);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Given_an_unfinished_pass_over_the_same_data_When_prepared_Then_it_goes_on()
    {
        var state = new DemoState(_folder.Path, "same");
        state.Prepare(once: true);
        var file = _folder.Write("log/x", "half");
        state.Prepare(once: true);
        Assert.Equal("half", File.ReadAllText(file));
        state.MarkDone();
        state.Prepare(once: true);
        Assert.False(File.Exists(file));
    }

    public void Dispose() => _folder.Dispose();
}
