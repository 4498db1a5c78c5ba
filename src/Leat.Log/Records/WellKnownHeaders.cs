namespace Leat.Log;

/// <summary>Record headers that Leat gives a meaning.</summary>
public static class WellKnownHeaders
{
    /// <summary>Idempotency key of the append; on the first record of its batch.</summary>
    public const string IdempotencyKey = "leat-idempotency-key";

    /// <summary>Records of the append that has this idempotency key (decimal text), beside the key; written where the log does not show batches to readers (Kafka).</summary>
    public const string IdempotencyCount = "leat-idempotency-count";

    /// <summary>A record without value that promises: no event before this time (epoch milliseconds as decimal text) follows in the partition.</summary>
    public const string Watermark = "leat-watermark";

    /// <summary>Dead letters: stable code of the reason.</summary>
    public const string DeadLetterCode = "leat-dlq-code";

    /// <summary>Dead letters: what is wrong, in words.</summary>
    public const string DeadLetterReason = "leat-dlq-reason";

    /// <summary>Dead letters: where the record came from, topic[partition]@offset or client:line.</summary>
    public const string DeadLetterSource = "leat-dlq-source";
}
