namespace Leat.Log;

/// <summary>Answer to appending a batch as bytes.</summary>
/// <param name="Error"><see cref="KafkaError.None"/> also for a duplicate, which is answered with the first offset.</param>
/// <param name="BaseOffset">Offset of the first record; -1 with an error.</param>
/// <param name="AppendTimeMs">Time the log gave the records; -1 where they keep their own.</param>
/// <param name="StartOffset">First offset kept.</param>
/// <param name="Message">What is wrong, in words; null without error.</param>
internal readonly record struct BatchAppend(KafkaError Error, long BaseOffset, long AppendTimeMs, long StartOffset, string? Message = null)
{
    /// <summary>Of the disk or a limit: the error a caller in this process gets.</summary>
    public Core.LeatException? Failure { get; init; }
}
