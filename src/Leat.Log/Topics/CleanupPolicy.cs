namespace Leat.Log;

/// <summary>What happens to old records of a topic.</summary>
[Flags]
public enum CleanupPolicy
{
    /// <summary>Whole segments go when they are too old or too many bytes (<see cref="TopicOptions.Retention"/>, <see cref="TopicOptions.RetentionBytes"/>).</summary>
    Delete = 1,

    /// <summary>Of the records of one key only the newest stays.</summary>
    Compact = 2,

    /// <summary>Both.</summary>
    CompactAndDelete = Delete | Compact,
}
