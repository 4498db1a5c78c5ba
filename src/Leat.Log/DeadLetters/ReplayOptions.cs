namespace Leat.Log;

/// <summary>Which dead letters go back, and where to.</summary>
/// <param name="DeadLetters">Dead-letter topic.</param>
public sealed record ReplayOptions(string DeadLetters)
{
    /// <summary>Topic they go to; null = the one they came from.</summary>
    public string? To { get; init; }

    /// <summary>First offset looked at, in each partition; 0 = from the start, which is the default.</summary>
    public long From { get; init; }

    /// <summary>Most letters that are put back or refused; null = all, which is the default.</summary>
    public long? Limit { get; init; }

    /// <summary>Only letters with this code; null = any, which is the default.</summary>
    public string? Code { get; init; }

    /// <summary>Other bytes for letters, by partition and offset; a letter that is not named goes back as it is.</summary>
    public IReadOnlyDictionary<(int Partition, long Offset), RepairedRecord> Repairs { get; init; } = new Dictionary<(int, long), RepairedRecord>();

    /// <summary>Only tells what would happen.</summary>
    public bool DryRun { get; init; }
}
