using Leat.Core;
using Leat.Streams.Testing;

namespace Leat.Streams.Tests.State;

/// <summary>State that was saved by an older form of a function.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Given_a_value_of_another_type_and_a_migration_When_the_changed_job_starts_Then_it_goes_on_from_the_converted_values() =>
        Assert.Equal<string>(["a|1|old", "a|2|old", "a|3|migrated"], [.. (await RunAsync(() => new WithText(migrates: true))).Tables["counts"]]);

    [Fact]
    public async Task Given_a_value_of_another_type_and_no_migration_When_the_changed_job_starts_Then_it_is_refused_with_both_types()
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => RunAsync(() => new WithText(migrates: false)));
        Assert.Contains("state 'count' was saved as value of Int64, and is value of (item1 Int64, item2 Text) now", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_state_that_is_not_declared_any_more_When_the_changed_job_starts_Then_it_is_refused_unless_dropped()
    {
        var error = await Assert.ThrowsAsync<LeatException>(() => RunAsync(() => new Without(drops: false)));
        Assert.Contains("state 'count' is in the checkpoint and not in the job", error.Message, StringComparison.Ordinal);
        Assert.Equal<string>(["a|1|new", "a|1|old", "a|2|old"], [.. (await RunAsync(() => new Without(drops: true))).Tables["counts"]]);
    }

    private static async Task<StreamTestResult> RunAsync(Func<KeyedProcess<Text, ClickEvent, Count>> changed)
    {
        var isChanged = false;
        await using var bench = new StreamTestBench(() => new Counting(isChanged ? changed : () => new Plain()), new StreamTestSettings { Partitions = 1 });
        await bench.PlayAsync([Clicks.At(1, "a"), Clicks.At(2, "a"), new StreamStep.Checkpoint()]);
        isChanged = true;
        return await bench.RunAsync([new StreamStep.Kill(), Clicks.At(3, "a")]);
    }

    private sealed class Counting(Func<KeyedProcess<Text, ClickEvent, Count>> create) : StreamJob
    {
        protected override void Define(JobBuilder job) => job.From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero).KeyBy(e => e.Campaign).Process(create).ToLake("counts");
    }

    private sealed class Plain : KeyedProcess<Text, ClickEvent, Count>
    {
        private readonly ValueState<long> _count;

        public Plain() => _count = Value<long>("count");

        protected internal override void Process(ClickEvent row) => Emit(new Count(Key, ++_count.Value, Text.Literal("old")));
    }

    private sealed class WithText : KeyedProcess<Text, ClickEvent, Count>
    {
        private readonly ValueState<(long Count, Text Text)> _count;

        public WithText(bool migrates) => _count = Value<(long Count, Text Text)>("count", migrates ? [StateMigration.From<long, (long, Text)>(old => (old, Text.Literal("migrated")))] : []);

        protected internal override void Process(ClickEvent row)
        {
            _count.Value = (_count.Value.Count + 1, _count.Value.Text);
            Emit(new Count(Key, _count.Value.Count, _count.Value.Text));
        }
    }

    private sealed class Without : KeyedProcess<Text, ClickEvent, Count>
    {
        private readonly ValueState<long> _other;

        public Without(bool drops)
        {
            _other = Value<long>("other");
            if (drops) Drop("count");
        }

        protected internal override void Process(ClickEvent row) => Emit(new Count(Key, ++_other.Value, Text.Literal("new")));
    }

    private readonly record struct Count(Text Campaign, long N, Text From);
}
