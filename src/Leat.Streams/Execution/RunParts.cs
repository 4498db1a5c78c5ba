using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Leat.Streams.Execution;

/// <summary>What a job run works with.</summary>
internal sealed record RunParts(IEventLog Log, LeatProject Project, StreamOptions Options)
{
    public ILakeCatalog? Lake { get; init; }

    /// <summary>Resolves secrets of sinks; null = those of the environment and of files.</summary>
    public ISecrets? Secrets { get; init; }

    public DurableFiles Files { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Makes the id of a job's life from first start to reset.</summary>
    public Func<string> NewIncarnation { get; init; } = () => Guid.NewGuid().ToString("N");

    /// <summary>Called between the steps of a checkpoint; throws in tests that kill the job there.</summary>
    public Action<CheckpointStep>? AtStep { get; init; }
}
