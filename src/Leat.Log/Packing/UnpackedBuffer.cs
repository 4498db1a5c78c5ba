namespace Leat.Log;

/// <summary>Native memory that grows up to a limit while a codec fills it; one byte more may be reserved, so that a stream of exactly the limit can show its end.</summary>
internal sealed unsafe class UnpackedBuffer(int firstCapacity, long limitBytes) : IDisposable
{
    private NativeBuffer? _buffer = new(firstCapacity);

    /// <summary>Bytes filled.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Filled => Buffer.Span[..Length];

    private NativeBuffer Buffer => _buffer ?? throw new ObjectDisposedException(nameof(UnpackedBuffer));

    /// <summary>Free memory of at least <paramref name="bytes"/>; call <see cref="Advance"/> with what was used.</summary>
    /// <exception cref="InvalidDataException">Beyond the limit.</exception>
    public Span<byte> Reserve(int bytes)
    {
        var needed = (long)Length + bytes;
        if (needed > limitBytes + 1) throw new InvalidDataException($"unpacks to more than {limitBytes} bytes");
        if (needed > Buffer.Capacity) Grow((int)Math.Min(Math.Max(needed, Buffer.Capacity * 2L), limitBytes + 1));
        return Buffer.Span[Length..];
    }

    public void Advance(int bytes) => Length += bytes;

    /// <summary>Forgets everything after <paramref name="length"/>.</summary>
    public void CutTo(int length) => Length = length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writable view of bytes filled before.</summary>
    public Span<byte> At(int position, int count) => Buffer.Span.Slice(position, count);

    /// <summary>Gives the memory away.</summary>
    public NativeBuffer Detach()
    {
        var buffer = Buffer;
        _buffer = null;
        return buffer;
    }

    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
    }

    private void Grow(int capacity)
    {
        var grown = new NativeBuffer(capacity);
        Filled.CopyTo(grown.Span);
        Buffer.Dispose();
        _buffer = grown;
    }
}
