using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Streams.Kernels;

/// <summary>Bump memory for texts that share one life: of a batch, of a pane, of a reference table. Not thread-safe.</summary>
internal sealed unsafe class TextArena : IDisposable
{
    private const int FirstBlockBytes = 512;
    private const int MaxBlockBytes = 256 * 1024;
    private readonly List<(nint Start, int Size)> _blocks = [];
    private byte* _next;
    private int _left;

    ~TextArena() => Free();

    /// <summary>Native memory held, in bytes.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Of it what is taken.</summary>
    public long TakenBytes => SizeBytes - _left;

    /// <summary>A copy of the text that lives until <see cref="Reset"/> or <see cref="Dispose"/>; short texts need no memory.</summary>
    public Text Copy(Text text)
    {
        if (text.Length <= Text.InlineLength) return text;
        var target = Take(text.Length);
        text.Bytes.CopyTo(new Span<byte>(target, text.Length));
        return new Text(target, text.Length);
    }

    public Text Copy(ReadOnlySpan<byte> utf8)
    {
        var target = Take(utf8.Length);
        utf8.CopyTo(new Span<byte>(target, utf8.Length));
        return new Text(target, utf8.Length);
    }

    /// <summary>Memory of <paramref name="length"/> bytes, not cleared.</summary>
    public byte* Take(int length)
    {
        if (length > _left) AddBlock(length);
        var taken = _next;
        _next += length;
        _left -= length;
        return taken;
    }

    /// <summary>Forgets all texts and keeps the largest block.</summary>
    public void Reset()
    {
        if (_blocks.Count == 0) return;
        var last = _blocks[^1];
        for (var i = 0; i < _blocks.Count - 1; i++) Release(_blocks[i]);
        _blocks.Clear();
        _blocks.Add(last);
        _next = (byte*)last.Start;
        _left = last.Size;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void AddBlock(int length)
    {
        var size = Math.Max(_blocks.Count == 0 ? FirstBlockBytes : Math.Min(_blocks[^1].Size * 2, MaxBlockBytes), length);
        _next = (byte*)NativeMemory.Alloc((nuint)size);
        _left = size;
        _blocks.Add(((nint)_next, size));
        SizeBytes += size;
    }

    private void Release((nint Start, int Size) block)
    {
        NativeMemory.Free((void*)block.Start);
        SizeBytes -= block.Size;
    }

    private void Free()
    {
        foreach (var block in _blocks) Release(block);
        _blocks.Clear();
        _left = 0;
    }
}
