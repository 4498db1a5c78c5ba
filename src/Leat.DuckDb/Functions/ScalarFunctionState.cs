using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What the engine holds for a registered scalar function.</summary>
internal sealed record ScalarFunctionState(Schema Input, Schema Output, Action<Batch, VectorBuilder> Compute, CallbackFailures Failures)
{
    /// <summary>Whether an argument can hold vectors in vectors, which the engine may give in another form than flat.</summary>
    public ImmutableArray<bool> IsNested { get; } = [.. Input.Select(field => field.Type.Children.Length > 0)];
}
