using System.Collections.Immutable;

namespace Leat.Streams.Graph;

/// <summary>An operator that no rows of a stream come out of: a sink, or a window, whose results have forms of their own.</summary>
internal sealed class EndNode(string kind, ImmutableArray<GraphNode> inputs, long ownDelay = 0) : GraphNode(kind, inputs, ownDelay);
