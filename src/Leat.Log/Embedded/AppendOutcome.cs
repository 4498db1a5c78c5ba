namespace Leat.Log;

/// <summary>Answer of the writer.</summary>
/// <param name="Error">None when the records are stored, now or before.</param>
/// <param name="BaseOffset">Offset of the first record; -1 with an error.</param>
/// <param name="Count">Records.</param>
/// <param name="Duplicate">They were stored before.</param>
/// <param name="Message">What is wrong, in words.</param>
internal readonly record struct AppendOutcome(KafkaError Error, long BaseOffset, int Count, bool Duplicate, string? Message = null)
{
    /// <summary>Of the disk: the error a caller in this process gets.</summary>
    public Core.LeatException? Failure { get; init; }

    public static AppendOutcome Refused(KafkaError error, string message) => new(error, -1, 0, false, message);
}
