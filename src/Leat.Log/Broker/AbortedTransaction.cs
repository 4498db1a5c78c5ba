namespace Leat.Log;

/// <summary>A transaction whose records a read_committed reader skips.</summary>
/// <param name="ProducerId">Whose.</param>
/// <param name="FirstOffset">Its first record in the partition; it ends with the producer's next abort marker.</param>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset);
