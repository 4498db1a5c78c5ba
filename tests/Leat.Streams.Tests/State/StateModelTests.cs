using Leat.Streams.Testing;

namespace Leat.Streams.Tests.State;

/// <summary>Values, lists, maps and timers of a keyed function beside the collections of the framework, through checkpoints and kills.</summary>
public sealed class StateModelTests
{
    [Fact]
    public Task Given_random_operations_on_all_kinds_of_state_and_kills_When_run_Then_every_answer_equals_the_model() => Seeds.ForAll(12, 200, async seed =>
    {
        var random = new Random(seed);
        var model = new Dictionary<string, StateModel>(StringComparer.Ordinal);
        var (steps, expected) = (new List<StreamStep>(), new List<string>());
        for (var i = 0; i < 300; i++)
        {
            var user = $"user with a long name, number {random.Next(1 + (seed % 12))}";
            var operation = $"{random.Next(StateModel.Operations)} {random.Next(6)} the text that is kept, {random.Next(1000)}";
            steps.Add(Clicks.At(i, operation, user: user));
            if (!model.TryGetValue(user, out var state)) model.Add(user, state = new StateModel());
            expected.Add($"{i}|{user}|{state.Apply(operation)}");
            if (random.Next(15) == 0) steps.Add(random.Next(4) switch { 0 => new StreamStep.Checkpoint(), 1 => new StreamStep.Kill(), 2 => new StreamStep.Process(), _ => new StreamStep.KillAt((CheckpointStep)random.Next(5)) });
        }

        foreach (var workers in new[] { 1, 4 })
        {
            await using var bench = new StreamTestBench(() => new StateJob(), new StreamTestSettings { Workers = workers, Partitions = 1, Configure = TightState.For(seed) });
            var result = await bench.RunAsync(steps);
            Assert.Empty(result.Topics.GetValueOrDefault("clicks.dlq", []).Select(d => d.Reason));
            Assert.Equal(expected.Order(StringComparer.Ordinal), result.Tables["answers"]);
        }
    });

    private sealed class StateJob : StreamJob
    {
        protected override void Define(JobBuilder job) => job
            .From<ClickEvent>("clicks", e => e.At, maxDisorder: TimeSpan.Zero)
            .KeyBy(e => e.User)
            .Process(() => new StateFunction())
            .ToLake("answers");
    }
}
