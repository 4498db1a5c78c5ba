using System.Collections.Immutable;
using Leat.Core;
using Leat.Lake;

namespace Leat.Streams;

/// <summary>What a sink will get, and from whom.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="Life">Id of the job's life, which begins at the first start, a reset, or a start from a savepoint. Epochs are counted within it.</param>
/// <param name="Mode">What the table shall hold.</param>
/// <param name="Columns">Columns of the rows.</param>
/// <param name="Key">Columns that tell rows apart; none with <see cref="SinkMode.Append"/>.</param>
public sealed record SinkTarget(string Job, string Life, SinkMode Mode, Schema Columns, ImmutableArray<string> Key)
{
    /// <summary>Name of the last column of rows with <see cref="SinkMode.Upsert"/>, a BOOLEAN: true = there is no row of this key any more; columns beside the key may then be NULL.</summary>
    public const string Gone = "leat_gone";

    /// <summary>Resolves secrets by reference.</summary>
    public required ISecrets Secrets { get; init; }

    /// <summary>The job's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal ILakeCatalog? Lake { get; init; }
}
