using Leat.Core;

namespace Leat.Streams.Broadcasts;

/// <summary>A record of a compacted topic.</summary>
/// <param name="Key">Key of the record.</param>
/// <param name="IsGone">The record has no value: its key is no more.</param>
/// <param name="Row">Its value; the default without.</param>
internal readonly record struct TopicEntry<TRow>(Text Key, bool IsGone, TRow Row);
