namespace Leat.Streams.Kernels;

/// <summary>Bytes of one JSON value inside its record; for text without the quotes.</summary>
internal unsafe struct RawValue
{
    public byte* Start;
    public int Length;
    public JsonKind Kind;

    public readonly ReadOnlySpan<byte> Bytes => new(Start, Length);
}
