namespace Leat.Log;

/// <summary>Whether a producer's batch may be stored.</summary>
/// <param name="Error">Why not; none when it may, or when it is stored already.</param>
/// <param name="DuplicateOf">Offset of the same batch, stored before; -1 = not known.</param>
/// <param name="Message">What is wrong, in words.</param>
internal readonly record struct ProducerVerdict(KafkaError Error, long DuplicateOf, string? Message = null)
{
    public static ProducerVerdict Store => new(KafkaError.None, -1);
}
