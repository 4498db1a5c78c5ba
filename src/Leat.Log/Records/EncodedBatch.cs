namespace Leat.Log;

/// <summary>A finished batch in one or two pieces; <see cref="First"/> holds at least the header.</summary>
/// <param name="First">Header, and the first record or all of them.</param>
/// <param name="Rest">The other records.</param>
/// <param name="Header">What the header says; its base offset is still open.</param>
internal readonly record struct EncodedBatch(Memory<byte> First, ReadOnlyMemory<byte> Rest, BatchHeader Header)
{
    public int SizeBytes => First.Length + Rest.Length;
}
