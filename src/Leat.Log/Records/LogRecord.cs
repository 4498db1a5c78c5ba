using Leat.Core;

namespace Leat.Log;

/// <summary>A record in a block; valid until the block is disposed. <see cref="Value"/> does not move, so a <see cref="Text"/> may point into it.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Position in the partition.</summary>
    public long Offset { get; init; }

    /// <summary>Record time, epoch milliseconds.</summary>
    public long TimestampMs { get; init; }

    /// <summary>Key; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Value; empty when there is none (see <see cref="IsTombstone"/>).</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The value is null rather than empty.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>Number of headers; decoded on demand.</summary>
    public int HeaderCount { get; init; }

    /// <summary>Encoded headers.</summary>
    internal ReadOnlySpan<byte> EncodedHeaders { get; init; }

    /// <summary>Value of the header, or false. Costs a scan of the headers.</summary>
    public bool TryGetHeader(string name, out string value) => throw new NotSupportedException(name);
}
