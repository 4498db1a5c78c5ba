using Leat.Core;

namespace Leat.Streams.Tests.Joins;

internal readonly record struct Pair(Text Campaign, Text Left, Text Right);
