namespace Leat.Streams.Kernels;

/// <summary>A member as a scan found it: its value, and the slot that wants it, -1 for none.</summary>
internal struct JsonMember
{
    public RawValue Value;
    public int Slot;
}
