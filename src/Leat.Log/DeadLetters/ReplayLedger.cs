using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Leat.Log;

/// <summary>Which dead letters were put back: a compacted topic, written in the transaction that puts them back.</summary>
internal sealed class ReplayLedger
{
    public const string Topic = "__leat_replays";
    private static readonly TimeSpan NoWait = TimeSpan.Zero;
    private const int ReadBytes = 1 << 20;
    private readonly string _letters;
    private readonly HashSet<string> _done;

    private ReplayLedger(string letters, HashSet<string> done) => (_letters, _done) = (letters, done);

    public static TopicPartition Partition { get; } = new(Topic, 0);

    /// <summary>What was put back of <paramref name="letters"/>; the topic is made when it is missing.</summary>
    public static async Task<ReplayLedger> OpenAsync(IEventLog log, string letters, CancellationToken ct)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        if (await log.FindTopicAsync(Topic, ct).ConfigureAwait(false) is null)
        {
            await log.CreateTopicAsync(Topic, new TopicOptions { Cleanup = CleanupPolicy.Compact }, ct).ConfigureAwait(false);
            return new ReplayLedger(letters, done);
        }
        var prefix = Encoding.UTF8.GetBytes(letters + "[");
        var reader = log.OpenReader(Partition, (await log.DescribeAsync(Partition, ct).ConfigureAwait(false)).StartOffset);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ReadBytes, NoWait, ct).ConfigureAwait(false) is { } block)
            {
                using (block)
                {
                    foreach (ref readonly var record in block)
                    {
                        if (record.Key.StartsWith(prefix)) _ = done.Add($"{Encoding.UTF8.GetString(record.Key)} {Encoding.UTF8.GetString(record.Value)}");
                    }
                }
            }
        }
        return new ReplayLedger(letters, done);
    }

    /// <summary>The letter was put into <paramref name="target"/>, or replaced by a newer letter.</summary>
    public bool IsDone(int partition, in LogRecord letter, string target)
    {
        var print = Print(letter);
        return _done.Contains($"{Key(partition, letter.Offset, target)} {print}") || _done.Contains($"{Key(partition, letter.Offset, _letters)} {print}");
    }

    /// <summary>Adds the entry that makes <see cref="IsDone"/> true once it is committed.</summary>
    public void Note(RecordBatchBuilder to, int partition, in LogRecord letter, string target) =>
        to.Add(letter.TimestampMs, Encoding.UTF8.GetBytes(Key(partition, letter.Offset, target)), Encoding.ASCII.GetBytes(Print(letter)));

    private string Key(int partition, long offset, string target) => string.Create(CultureInfo.InvariantCulture, $"{_letters}[{partition}]@{offset}>{target}");

    /// <summary>Tells letters apart that have the same offset because their topic was made anew.</summary>
    private static string Print(in LogRecord letter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> time = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(time, letter.TimestampMs);
        hash.AppendData(time);
        hash.AppendData(letter.Key);
        hash.AppendData(letter.Value);
        foreach (var header in letter.Headers) hash.AppendData(header.Value);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, sizeof(long)));
    }
}
