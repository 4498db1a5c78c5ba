using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Leat.DuckDb;

/// <summary>Arguments of a call of a table function, boxed as <see cref="Leat.Core.Column.GetValue"/> does.</summary>
/// <param name="Arguments">By position.</param>
/// <param name="Named">Those given by name.</param>
public sealed record DuckDbTableCall(ImmutableArray<object?> Arguments, FrozenDictionary<string, object?> Named);
