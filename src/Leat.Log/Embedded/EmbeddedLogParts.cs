using Leat.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Leat.Log;

/// <summary>What an <see cref="EmbeddedLog"/> works with.</summary>
public sealed record EmbeddedLogParts
{
    /// <summary>Settings.</summary>
    public EmbeddedLogOptions Options { get; init; } = new();

    /// <summary>File operations; replaced in tests that make the disk fail.</summary>
    public DurableFiles Files { get; init; } = new();

    /// <summary>Clock of waits and of the fsync interval.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where recoveries and disk errors are told.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
