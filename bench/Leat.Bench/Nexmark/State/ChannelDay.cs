using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>A group of q16; the day counted from year 1.</summary>
internal readonly record struct ChannelDay(Text Channel, long Day);
