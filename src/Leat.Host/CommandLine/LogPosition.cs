using System.Globalization;
using Leat.Log;

namespace Leat.Host.CommandLine;

/// <summary>A place in a partition as a person writes it.</summary>
/// <param name="Offset">Offset; null = see the others.</param>
/// <param name="At">First record at or after this time; null = see the others.</param>
/// <param name="IsEnd">With neither: the end rather than the start.</param>
internal sealed record LogPosition(long? Offset, DateTimeOffset? At, bool IsEnd)
{
    public static LogPosition Start { get; } = new(null, null, false);

    public static LogPosition End { get; } = new(null, null, true);

    /// <summary>Null when the text is no place.</summary>
    public static LogPosition? TryParse(string text)
    {
        if (text is "start") return Start;
        if (text is "end") return End;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return new(offset, null, false);
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var at) ? new(null, at, false) : null;
    }

    /// <summary>The offset in this partition, within what it holds.</summary>
    public async Task<long> ResolveAsync(IEventLog log, TopicPartition partition, CancellationToken ct)
    {
        var held = await log.DescribeAsync(partition, ct);
        if (IsEnd) return held.EndOffsetExcl;
        if (At is { } at) return await log.OffsetAtAsync(partition, at.ToUnixTimeMilliseconds(), ct);
        return Math.Clamp(Offset ?? held.StartOffset, held.StartOffset, held.EndOffsetExcl);
    }
}
