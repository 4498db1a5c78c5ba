using Leat.Streams.Keys;

namespace Leat.Streams.Processes;

/// <summary>What a keyed operator is made with.</summary>
/// <param name="Shape">Of the key.</param>
/// <param name="InputDelay">How far the operator's watermark is behind the job's, ticks.</param>
/// <param name="TimeToLive">How long, in event time, a key lives untouched, ticks; null = forever.</param>
internal sealed record KeyedSettings<TKey>(KeyShape<TKey> Shape, long InputDelay, long? TimeToLive = null);
