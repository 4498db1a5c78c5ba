using Leat.Streams;
using Leat.Streams.Testing;
using Xunit.Abstractions;

namespace Storefront.Tests;

/// <summary>Every stream job of the storefront, whichever there are.</summary>
public sealed class JobProofTests(ITestOutputHelper output)
{
    private const int Seed = 20260101;
    private static readonly bool Full = Environment.GetEnvironmentVariable("LEAT_FULL") == "1";

    public static TheoryData<string> Jobs() => [.. Types().Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Given_a_job_When_run_uninterrupted_killed_at_each_mark_and_with_1_2_and_4_workers_Then_views_tables_and_topics_are_equal(string job)
    {
        var sweep = new StreamSweep(() => Make(job));
        var events = SampleEvents.Of(Make(job), Seed);
        var result = await sweep.RunAsync(events, oneMarkIn: Full ? 1 : 29);
        output.WriteLine($"{sweep.Runs} runs of {events.Length} events, seed {Seed}; {result.Outputs.Split('\n').Length} lines of output");
        Assert.All(result.Views.Values, rows => Assert.NotEmpty(rows));
        Assert.All(result.Tables.Values, rows => Assert.NotEmpty(rows));
        Assert.Equal(0, result.Status.LateEvents + result.Status.DeadEvents);
    }

    [Fact]
    public void Given_the_jobs_of_the_storefront_When_looked_for_Then_they_are_found() => Assert.True(Types().Count() >= 4);

    private static IEnumerable<Type> Types() => typeof(StorefrontApp).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StreamJob)) && !t.IsAbstract);

    private static StreamJob Make(string job) => (StreamJob)Activator.CreateInstance(Types().Single(t => t.Name == job))!;
}
