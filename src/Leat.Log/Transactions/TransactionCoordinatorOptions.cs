namespace Leat.Log;

/// <summary>Settings of transactions, section <c>Leat:Log:Transactions</c>. In brackets the name of the same setting in Kafka.</summary>
public sealed class TransactionCoordinatorOptions
{
    /// <summary>Longest timeout a producer may ask for [transaction.max.timeout.ms]. Default 15 min; 1 s to 1 day.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an unused transactional id is remembered [transactional.id.expiration.ms]. Default 7 days; 1 min to 10 years.</summary>
    public TimeSpan IdRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Producer ids reserved on disk at a time. Default 1,000; 1 to 1,000,000.</summary>
    public int ProducerIdBlock { get; set; } = 1000;

    /// <summary>What is wrong with the settings, or null.</summary>
    public string? Problem() =>
        Range(nameof(MaxTimeout), MaxTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
        ?? Range(nameof(IdRetention), IdRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650))
        ?? Range(nameof(ProducerIdBlock), ProducerIdBlock, 1, 1_000_000);

    private static string? Range<T>(string name, T value, T from, T to)
        where T : IComparable<T> =>
        value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0 ? null : $"{EmbeddedLogOptions.Section}:Transactions:{name} is {value}; it must be between {from} and {to}.";
}
