using Leat.Core;

namespace Leat.Log;

/// <summary>Puts dead letters back into their topic, each once: a repetition, also after a kill in the middle, finds in the ledger what was put back and leaves it out.</summary>
/// <param name="log">Where letters and topics are.</param>
/// <param name="contracts">What records of the topics must look like; null = anything.</param>
/// <param name="topics">Declared topics, for their key fields; null = none.</param>
public sealed class DeadLetterReplay(IEventLog log, IDatasetContracts? contracts = null, ITopicRegistry? topics = null)
{
    private const int ReadBytes = 256 << 10;
    private const int MostRefusals = 100;
    private static readonly TimeSpan TransactionTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Replays the letters that are there now.</summary>
    /// <exception cref="LeatException">LEAT2001 unknown topic; LEAT2047 not a dead-letter topic; LEAT2030 another replay of the topic began; and those of <see cref="ITransactionalProducer"/>.</exception>
    public async Task<ReplayResult> RunAsync(ReplayOptions options, CancellationToken ct)
    {
        var target = options.To ?? (DeadLetterTopics.IsOne(options.DeadLetters) ? DeadLetterTopics.SourceOf(options.DeadLetters) : throw LogErrors.NotDeadLetters(options.DeadLetters));
        var letters = await FindAsync(options.DeadLetters, ct).ConfigureAwait(false);
        var info = await FindAsync(target, ct).ConfigureAwait(false);
        if (options.DryRun) return await RunAsync(options, letters, new Pass(this, options, info, await ReplayLedger.OpenAsync(log, options.DeadLetters, ct).ConfigureAwait(false)), null, ct).ConfigureAwait(false);
        // Opening the producer ends what a killed replay left open; the ledger is read after that.
        var producer = await log.OpenProducerAsync($"leat-replay/{options.DeadLetters}", TransactionTimeout, ct).ConfigureAwait(false);
        await using (producer.ConfigureAwait(false))
        {
            var ledger = await ReplayLedger.OpenAsync(log, options.DeadLetters, ct).ConfigureAwait(false);
            return await RunAsync(options, letters, new Pass(this, options, info, ledger), producer, ct).ConfigureAwait(false);
        }
    }

    private async Task<ReplayResult> RunAsync(ReplayOptions options, TopicInfo letters, Pass pass, ITransactionalProducer? producer, CancellationToken ct)
    {
        for (var partition = 0; partition < letters.Partitions && !pass.IsFull; partition++)
        {
            var place = new TopicPartition(letters.Name, partition);
            var held = await log.DescribeAsync(place, ct).ConfigureAwait(false);
            if (options.From >= held.EndOffsetExcl) continue;
            var reader = log.OpenReader(place, Math.Max(options.From, held.StartOffset));
            await using (reader.ConfigureAwait(false))
            {
                while (reader.Position < held.EndOffsetExcl && !pass.IsFull && await reader.ReadAsync(ReadBytes, TimeSpan.Zero, ct).ConfigureAwait(false) is { } block)
                {
                    ReplayRound round;
                    using (block) round = pass.Decide(block, partition, held.EndOffsetExcl);
                    if (producer is not null && !round.IsEmpty) await round.CommitAsync(producer, ct).ConfigureAwait(false);
                }
            }
        }
        return pass.Result;
    }

    private async Task<TopicInfo> FindAsync(string topic, CancellationToken ct) =>
        await log.FindTopicAsync(topic, ct).ConfigureAwait(false) ?? throw LogErrors.UnknownTopic(topic, (await log.ListTopicsAsync(ct).ConfigureAwait(false)).Select(t => t.Name), "the event log");

    /// <summary>One run over the letters: what goes back, what stays, and the counts of both.</summary>
    private sealed class Pass(DeadLetterReplay replay, ReplayOptions options, TopicInfo target, ReplayLedger ledger)
    {
        private readonly IDatasetContract? _contract = replay.Contract(target.Name);
        private readonly string? _keyField = replay.KeyField(target.Name);
        private readonly List<ReplayRefusal> _refusals = [];
        private long _replayed;
        private long _done;
        private long _refused;

        public bool IsFull => options.Limit is { } limit && _replayed + _refused >= limit;

        public ReplayResult Result => new(_replayed, _done, _refused, _refusals);

        public ReplayRound Decide(RecordBlock block, int partition, long endExcl)
        {
            var round = new ReplayRound(target, options.DeadLetters);
            foreach (ref readonly var letter in block)
            {
                if (IsFull || letter.Offset >= endExcl) break;
                if (DeadLetterReason.Of(letter) is not { } why || (options.Code is not null && options.Code != why.Code)) continue;
                if (ledger.IsDone(partition, letter, target.Name)) _done++;
                else Decide(letter, partition, why, round);
            }
            return round;
        }

        private void Decide(in LogRecord letter, int partition, in DeadLetterReason why, ReplayRound round)
        {
            var repair = options.Repairs.GetValueOrDefault((partition, letter.Offset));
            ReadOnlySpan<byte> value = repair?.Value is { } repaired ? repaired : letter.Value;
            var key = KeyOf(letter, repair, value);
            if (Violation(letter, value) is not { } violation)
            {
                round.PutBack(letter, key, value, why.Source);
                ledger.Note(round.Ledger, partition, letter, target.Name);
                _replayed++;
                return;
            }
            _refused++;
            if (_refusals.Count < MostRefusals) _refusals.Add(new ReplayRefusal(partition, letter.Offset, violation.Code, violation.Field, violation.Reason));
            var now = why with { Code = violation.Code, Reason = Cut(violation.Field.Length == 0 ? violation.Reason : $"{violation.Field}: {violation.Reason}") };
            if (now == why && value.SequenceEqual(letter.Value)) return;
            round.Replace(letter, partition, key, value, now);
            ledger.Note(round.Ledger, partition, letter, options.DeadLetters);
        }

        private ReadOnlySpan<byte> KeyOf(in LogRecord letter, RepairedRecord? repair, ReadOnlySpan<byte> value)
        {
            if (repair?.Key is { } given) return given;
            return _keyField is not null && (repair?.Value is not null || !letter.HasKey) ? JsonMember.Read(value, _keyField) : letter.Key;
        }

        private ContractViolation? Violation(in LogRecord letter, ReadOnlySpan<byte> value)
        {
            if (_contract is null) return null;
            return letter.IsTombstone && value.IsEmpty ? new ContractViolation("LEAT1301", "", "the record has no value") : _contract.Check(value);
        }

        private static string Cut(string reason) => reason.Length <= DeadLetterReason.MaxLength ? reason : reason[..DeadLetterReason.MaxLength];
    }

    private IDatasetContract? Contract(string topic) => contracts?.Find(topic);

    private string? KeyField(string topic) => topics?.Find(topic)?.KeyField;
}
