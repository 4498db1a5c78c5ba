using System.Text;
using Leat.Core;

namespace Leat.Log.Tests.DeadLetters;

public sealed class ReplayTests : IAsyncLifetime
{
    private LetterLog _letters = null!;

    public async Task InitializeAsync() => _letters = await LetterLog.MakeAsync();

    public async Task DisposeAsync() => await _letters.DisposeAsync();

    [Fact]
    public async Task Given_dead_letters_When_replayed_Then_they_are_back_in_their_partition_as_they_were()
    {
        await _letters.AddAsync(4);
        var result = await ReplayAsync(new ReplayOptions(LetterLog.Letters));
        Assert.Equal((4, 0, 0), (result.Replayed, result.Done, result.Refused));
        Assert.Equal(["0 1000 k0 0 own=FF00", "0 1003 k3 3 own=FF03", "1 1001 k1 1 own=FF01", "2 1002 k2 2 own=FF02"], await _letters.ReadAsync(LetterLog.Topic));
    }

    [Fact]
    public async Task Given_a_replay_When_repeated_after_a_restart_and_with_new_letters_Then_only_the_new_ones_go_back()
    {
        await _letters.AddAsync(3);
        await ReplayAsync(new ReplayOptions(LetterLog.Letters));
        await _letters.ReopenAsync();
        await _letters.AddAsync(2, "LEAT1302");
        var again = await ReplayAsync(new ReplayOptions(LetterLog.Letters));
        Assert.Equal((2, 3), (again.Replayed, again.Done));
        Assert.Equal(5, (await _letters.ReadAsync(LetterLog.Topic)).Count);
        Assert.Equal((0, 5), ((await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Replayed, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Done));
    }

    [Fact]
    public async Task Given_code_from_and_limit_Then_only_those_letters_go_back()
    {
        await _letters.AddAsync(4);
        await _letters.AddAsync(3, "LEAT1302");
        Assert.Equal(2, (await ReplayAsync(new ReplayOptions(LetterLog.Letters) { Code = "LEAT1303", From = 1, Limit = 2 })).Replayed);
        Assert.Equal(["1 1001 k1 1 own=FF01", "2 1002 k2 2 own=FF02"], await _letters.ReadAsync(LetterLog.Topic));
        Assert.Equal((3, 0), ((await ReplayAsync(new ReplayOptions(LetterLog.Letters) { Code = "LEAT1302" })).Replayed, (await ReplayAsync(new ReplayOptions(LetterLog.Letters) { Code = "LEAT9999" })).Replayed));
    }

    [Fact]
    public async Task Given_a_dry_run_Then_it_counts_and_nothing_is_written()
    {
        await _letters.AddAsync(3);
        Assert.Equal(3, (await ReplayAsync(new ReplayOptions(LetterLog.Letters) { DryRun = true })).Replayed);
        Assert.Empty(await _letters.ReadAsync(LetterLog.Topic));
        Assert.Equal(3, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Replayed);
    }

    [Fact]
    public async Task Given_a_repair_Then_the_new_value_goes_back_under_the_key_it_now_has()
    {
        await _letters.AddAsync(2);
        var repairs = new Dictionary<(int, long), RepairedRecord> { [(0, 0)] = new("{\"id\":\"new\",\"n\":0}"u8.ToArray(), null), [(0, 1)] = new(null, "other"u8.ToArray()) };
        await ReplayAsync(new ReplayOptions(LetterLog.Letters) { Repairs = repairs }, new Contracts("never"));
        var (first, second) = (Partitioner.For("new"u8, 3), Partitioner.For("other"u8, 3));
        Assert.Equal(new[] { $"{first} 1000 new {{\"id\":\"new\",\"n\":0}} own=FF00", $"{second} 1001 other 1 own=FF01" }.Order(), (await _letters.ReadAsync(LetterLog.Topic)).Order());
    }

    [Fact]
    public async Task Given_letters_that_break_the_contract_Then_they_stay_with_their_new_reason_and_can_be_repaired_later()
    {
        await _letters.AddAsync(3);
        var contracts = new Contracts("1");
        var result = await ReplayAsync(new ReplayOptions(LetterLog.Letters), contracts);
        Assert.Equal((2, 1), (result.Replayed, result.Refused));
        Assert.Equal(new ReplayRefusal(0, 1, "LEAT1305", "amount", "'1' is refused"), Assert.Single(result.Refusals));
        var letters = await _letters.ReadAsync(LetterLog.Letters);
        Assert.Equal("0 1001 k1 1 own=FF01 leat-dlq-code=LEAT1305 leat-dlq-reason=amount: '1' is refused leat-dlq-source=orders[1]@1", letters[3]);
        var again = await ReplayAsync(new ReplayOptions(LetterLog.Letters), contracts);
        Assert.Equal((0, 3, 1), (again.Replayed, again.Done, again.Refused));
        Assert.Equal(4, (await _letters.ReadAsync(LetterLog.Letters)).Count);
        var newest = Offset(letters, 3);
        var repaired = await ReplayAsync(new ReplayOptions(LetterLog.Letters) { Repairs = new Dictionary<(int, long), RepairedRecord> { [(0, await newest)] = new("2"u8.ToArray(), "k1"u8.ToArray()) } }, contracts);
        Assert.Equal((1, 3, 0), (repaired.Replayed, repaired.Done, repaired.Refused));
        Assert.Equal(3, (await _letters.ReadAsync(LetterLog.Topic)).Count);
    }

    [Fact]
    public async Task Given_a_tombstone_as_dead_letter_Then_it_goes_back_as_one()
    {
        var batch = new RecordBatchBuilder();
        new DeadLetterWriter().Add(batch, new DeadRecord(7, "k"u8, []) { IsTombstone = true }, new DeadLetterReason("LEAT3212", "it has no value", "orders[2]@9"));
        await _letters.Log.AppendAsync(new TopicPartition(LetterLog.Letters, 0), batch, null, default);
        await ReplayAsync(new ReplayOptions(LetterLog.Letters));
        Assert.Equal(["2 7 k null"], await _letters.ReadAsync(LetterLog.Topic));
    }

    [Fact]
    public async Task Given_another_target_Then_it_gets_the_letters_once_and_the_own_topic_can_still_get_them()
    {
        await _letters.Log.CreateTopicAsync("aside", new TopicOptions(), default);
        await _letters.AddAsync(2);
        var aside = new ReplayOptions(LetterLog.Letters) { To = "aside" };
        Assert.Equal((2, 0), ((await ReplayAsync(aside)).Replayed, (await ReplayAsync(aside)).Replayed));
        Assert.Equal(2, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Replayed);
        Assert.Equal((2, 2), ((await _letters.ReadAsync("aside")).Count, (await _letters.ReadAsync(LetterLog.Topic)).Count));
    }

    [Fact]
    public async Task Given_a_topic_made_anew_Then_its_letters_are_new_ones()
    {
        await _letters.AddAsync(2);
        await ReplayAsync(new ReplayOptions(LetterLog.Letters));
        await _letters.Log.DeleteTopicAsync(LetterLog.Letters, default);
        await DeadLetterTopics.OpenAsync(_letters.Log, LetterLog.Topic, default);
        await _letters.AddAsync(2, "LEAT1302");
        Assert.Equal(2, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Replayed);
    }

    [Fact]
    public async Task Given_more_letters_than_a_round_takes_Then_all_go_back_once()
    {
        await _letters.AddAsync(600);
        var big = new RecordBatchBuilder();
        for (var i = 0; i < 40; i++) new DeadLetterWriter().Add(big, new DeadRecord(1, "big"u8, new byte[50_000]), new DeadLetterReason("LEAT1305", "x", "client:1"));
        await _letters.Log.AppendAsync(new TopicPartition(LetterLog.Letters, 0), big, null, default);
        Assert.Equal(640, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Replayed);
        Assert.Equal(640, (await _letters.ReadAsync(LetterLog.Topic)).Count);
        Assert.Equal(640, (await ReplayAsync(new ReplayOptions(LetterLog.Letters))).Done);
    }

    [Fact]
    public async Task Given_a_topic_without_the_ending_Then_LEAT2047() =>
        Assert.Equal("LEAT2047", (await Assert.ThrowsAsync<LeatException>(() => ReplayAsync(new ReplayOptions(LetterLog.Topic)))).Code);

    [Fact]
    public async Task Given_an_unknown_topic_Then_LEAT2001_with_the_near_name() =>
        Assert.Contains("orders.dlq", (await Assert.ThrowsAsync<LeatException>(() => ReplayAsync(new ReplayOptions("order.dlq")))).Todo);

    /// <summary>Kills the replay before and after every step it takes; whatever happened, the next replay completes it and nothing is there twice.</summary>
    [Fact]
    public async Task Given_a_kill_at_every_step_When_started_again_Then_every_letter_is_back_once()
    {
        var killed = 0;
        foreach (var afterwards in new[] { false, true })
        {
            for (var step = 1; ; step++)
            {
                await using var letters = await LetterLog.MakeAsync();
                await letters.AddAsync(5);
                var contracts = new Contracts("3");
                var breaking = new BreakingLog(letters.Log, step, afterwards);
                var error = await Record.ExceptionAsync(() => new DeadLetterReplay(breaking, contracts, contracts).RunAsync(new ReplayOptions(LetterLog.Letters), default));
                if (error is not null) Assert.IsType<BrokenException>(error);
                if (breaking.Steps < step) break;
                killed++;
                if (step % 2 == 0) await letters.ReopenAsync();
                await new DeadLetterReplay(letters.Log, contracts, contracts).RunAsync(new ReplayOptions(LetterLog.Letters), default);
                Assert.Equal(["0", "1", "2", "4"], (await letters.ReadAsync(LetterLog.Topic)).Select(r => r.Split(' ')[3]).Order());
                Assert.Equal(6, (await letters.ReadAsync(LetterLog.Letters)).Count);
            }
        }
        Assert.True(killed >= 14, $"only {killed} steps");
    }

    private Task<ReplayResult> ReplayAsync(ReplayOptions options, Contracts? contracts = null) => new DeadLetterReplay(_letters.Log, contracts, contracts).RunAsync(options, default);

    /// <summary>Offset of the n-th letter: markers of transactions take offsets too.</summary>
    private async Task<long> Offset(List<string> letters, int index)
    {
        await using var reader = _letters.Log.OpenReader(new TopicPartition(LetterLog.Letters, 0), 0);
        var offsets = new List<long>();
        while (await reader.ReadAsync(1 << 20, TimeSpan.Zero, default) is { } block)
        {
            using (block)
            {
                foreach (ref readonly var record in block) offsets.Add(record.Offset);
            }
        }
        Assert.Equal(letters.Count, offsets.Count);
        return offsets[index];
    }
}
