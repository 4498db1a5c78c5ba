using Leat.Core;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>A line of output.</summary>
internal readonly record struct Line(Text Value);
