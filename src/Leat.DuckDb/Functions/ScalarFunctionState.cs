using Leat.Core;

namespace Leat.DuckDb;

/// <summary>What the engine holds for a registered scalar function.</summary>
internal sealed record ScalarFunctionState(Schema Input, Schema Output, Action<Batch, VectorBuilder> Compute, CallbackFailures Failures);
