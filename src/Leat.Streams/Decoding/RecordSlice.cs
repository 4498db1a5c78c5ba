namespace Leat.Streams.Decoding;

/// <summary>Where one log record's bytes are while its block is alive.</summary>
public readonly struct RecordSlice(nint value, int valueLength, nint key, int keyLength)
{
    /// <summary>Address of the value's first byte.</summary>
    public nint Value => value;

    public int ValueLength => valueLength;

    /// <summary>Address of the key's first byte.</summary>
    public nint Key => key;

    public int KeyLength => keyLength;
}
