namespace Leat.Streams.Kernels;

/// <summary>What stands where a member's value is.</summary>
internal enum JsonKind : byte
{
    Missing,
    Text,
    EscapedText,
    Number,
    True,
    False,
    Null,
    Nested,
}
