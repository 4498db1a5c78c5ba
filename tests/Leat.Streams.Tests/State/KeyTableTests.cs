using Leat.Core;
using Leat.Streams.Kernels;
using Leat.Streams.Keys;
using Leat.Streams.State;

namespace Leat.Streams.Tests.State;

/// <summary>The tables under keyed state beside the collections of the framework.</summary>
public sealed class KeyTableTests
{
    [Fact]
    public Task Given_random_adds_and_removes_of_texts_When_compared_Then_the_table_equals_a_dictionary() => Seeds.ForAll(20, 400, seed =>
    {
        var random = new Random(seed);
        using var table = new KeyTable<Text>(KeyShape<Text>.Of().Copy);
        using var arena = new TextArena();
        var model = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 2000; i++)
        {
            var name = $"key number {random.Next(1 + (seed % 300))} of a length beyond what a view holds";
            var key = arena.Copy(System.Text.Encoding.UTF8.GetBytes(name));
            if (random.Next(3) > 0)
            {
                var row = table.FindOrAdd(key, KeyHash.Of(key));
                if (!model.TryAdd(name, row)) Assert.Equal(model[name], row);
            }
            else if (model.Remove(name, out var held))
            {
                table.Remove(held);
            }

            if (i % 100 == 0) table.Compact();
            Assert.Equal(model.Count, table.Count);
            Assert.Equal(model.TryGetValue(name, out var at) ? at : -1, table.Find(key, KeyHash.Of(key)));
        }

        Assert.Equal(model.Values.Distinct().Count(), model.Count);
        foreach (var (name, row) in model) Assert.Equal(name, table.Key(row).ToString());
        return Task.CompletedTask;
    });

    [Fact]
    public Task Given_random_timers_When_popped_cancelled_and_listed_Then_the_queue_equals_a_sorted_set() => Seeds.ForAll(20, 400, seed =>
    {
        var random = new Random(seed);
        var timers = new TimerQueue();
        var model = new SortedSet<(long Time, int Row)>();
        for (var i = 0; i < 3000; i++)
        {
            var (row, time) = (random.Next(40), (long)random.Next(200));
            switch (random.Next(8))
            {
                case 0 when model.Count > 0:
                    var (earliest, its) = model.Min;
                    Assert.Equal((its, earliest), timers.Pop());
                    model.Remove(model.Min);
                    break;
                case 1:
                    Assert.Equal(model.Remove((time, row)), timers.Cancel(row, time));
                    break;
                case 2 when random.Next(10) == 0:
                    timers.CancelAll(row);
                    model.RemoveWhere(t => t.Row == row);
                    break;
                default:
                    Assert.Equal(model.Add((time, row)), timers.Set(row, time));
                    break;
            }

            Assert.Equal(model.Count, timers.Count);
            Assert.Equal(model.Count == 0 ? long.MaxValue : model.Min.Time, timers.Earliest);
            Assert.Equal(model.Where(t => t.Row == row).Select(t => t.Time), timers.TimesOf(row).Order());
        }

        return Task.CompletedTask;
    });
}
