using System.Collections.Immutable;

namespace Leat.Core;

/// <summary>A room's tables as numbered steps; a step is never changed after it shipped.</summary>
/// <param name="Room">Name of the room; prefix of its tables.</param>
/// <param name="Steps">Statements, step 1 first; each runs once.</param>
public sealed record MetaSchema(string Room, ImmutableArray<string> Steps);
