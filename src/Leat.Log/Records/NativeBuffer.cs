using System.Runtime.InteropServices;

namespace Leat.Log;

/// <summary>Native memory with one owner at a time. Not finalised: a forgotten buffer leaks rather than vanish under a reader.</summary>
internal sealed unsafe class NativeBuffer(int capacity) : IDisposable
{
    private byte* _memory = (byte*)NativeMemory.Alloc((nuint)capacity);

    public int Capacity => capacity;

    public byte* Memory => _memory;

    public Span<byte> Span => new(_memory, capacity);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
