namespace Leat.Log;

/// <summary>A key with its new value; null = the key is gone.</summary>
internal readonly record struct StateRecord(byte[] Key, byte[]? Value)
{
    private const int RecordOverhead = 40;

    /// <summary>Bytes it takes in a batch, rather too many than too few.</summary>
    public int SizeBytes => Key.Length + (Value?.Length ?? 0) + RecordOverhead;
}
