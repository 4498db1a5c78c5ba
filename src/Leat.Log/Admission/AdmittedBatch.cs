namespace Leat.Log;

/// <summary>A client's batch after the check.</summary>
/// <param name="Error">None, or why it is refused.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Batch">What is to be stored; empty when refused.</param>
internal readonly record struct AdmittedBatch(KafkaError Error, string? Message, EncodedBatch Batch)
{
    public static AdmittedBatch Refused(KafkaError error, string message) => new(error, message, default);
}
