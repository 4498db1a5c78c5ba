namespace Leat.Streams.Decoding;

/// <summary>Why a record is no valid <c>T</c>.</summary>
/// <param name="Index">Index in the decoded slice.</param>
/// <param name="Code">LEAT2110 malformed, LEAT2111 missing member, LEAT2112 wrong type, LEAT2113 unknown enum value.</param>
/// <param name="Reason">What is wrong, with the value cut to 80 characters.</param>
public readonly record struct DecodeFault(int Index, string Code, string Reason);
