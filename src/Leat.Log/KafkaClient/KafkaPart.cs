namespace Leat.Log;

/// <summary>Where a key or value lies in the scratch memory; a length of -1 = null.</summary>
internal readonly record struct KafkaPart(int Start, int Length);
