namespace Leat.Streams.Frames;

/// <summary>The older rows of a key's frame, oldest last: slots with the aggregates of a row and all that follow it up to the newest of the stack.</summary>
internal struct FrontStack
{
    public int[]? Slots;
    public int Count;

    public readonly int Top => Slots![Count - 1];

    public void Push(int slot)
    {
        Slots ??= new int[8];
        if (Count == Slots.Length) Array.Resize(ref Slots, Count * 2);
        Slots[Count++] = slot;
    }

    public int Pop() => Slots![--Count];
}
