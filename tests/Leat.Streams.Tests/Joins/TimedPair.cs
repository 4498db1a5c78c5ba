using Leat.Core;

namespace Leat.Streams.Tests.Joins;

internal readonly record struct TimedPair(Text Campaign, Text Left, Text Right, long Time);
