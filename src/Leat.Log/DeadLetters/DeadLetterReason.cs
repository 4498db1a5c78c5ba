namespace Leat.Log;

/// <summary>Why a record became a dead letter.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">What is wrong, in words; cut to <see cref="MaxLength"/> characters where it is written.</param>
/// <param name="Source">Where the record came from: <see cref="DeadLetterTopics.Source"/>, client:line, or an id of the sender.</param>
public readonly record struct DeadLetterReason(string Code, string Reason, string Source)
{
    /// <summary>Most characters of a reason.</summary>
    public const int MaxLength = 300;

    /// <summary>Reads the reason that a dead letter carries; null when the record is none.</summary>
    public static DeadLetterReason? Of(in LogRecord letter) => letter.TryGetHeader(WellKnownHeaders.DeadLetterCode, out var code)
        ? new(code, letter.TryGetHeader(WellKnownHeaders.DeadLetterReason, out var reason) ? reason : "", letter.TryGetHeader(WellKnownHeaders.DeadLetterSource, out var source) ? source : "")
        : null;

    /// <summary>Adds the reason to the record's own headers.</summary>
    public RecordHeaders AddTo(RecordHeaders headers) => headers
        .Add(WellKnownHeaders.DeadLetterCode, Code)
        .Add(WellKnownHeaders.DeadLetterReason, Reason.Length <= MaxLength ? Reason : Reason[..MaxLength])
        .Add(WellKnownHeaders.DeadLetterSource, Source);
}
