using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Native memory for the texts of a run, freed all at once. One thread writes.</summary>
internal sealed unsafe class TextArena : IDisposable
{
    private const int BlockBytes = 4 << 20;
    private readonly List<nint> _blocks = [];
    private byte* _next;
    private int _left;

    /// <summary>A copy of at most 4 MB that stays until the arena is disposed.</summary>
    public Text Add(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= Text.InlineLength) return Text.Inline(utf8);
        var bytes = Take(utf8.Length);
        utf8.CopyTo(bytes);
        fixed (byte* start = bytes) return new Text(start, utf8.Length);
    }

    /// <summary>Random letters that bring a record of <paramref name="currentSize"/> bytes to <paramref name="averageSize"/> on average, give or take a fifth of the rest.</summary>
    public Text AddExtra(ref NexmarkRandom random, int currentSize, int averageSize)
    {
        if (currentSize > averageSize) return default;
        var rest = averageSize - currentSize;
        var delta = (int)Math.Round(rest * 0.2, MidpointRounding.AwayFromZero);
        Span<byte> letters = stackalloc byte[rest + delta];
        letters = letters[..(rest - delta + (delta == 0 ? 0 : (int)random.Next(2 * delta)))];
        random.NextLetters(letters);
        return Add(letters);
    }

    public void Dispose()
    {
        foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
        _left = 0;
    }

    private Span<byte> Take(int length)
    {
        if (length > _left)
        {
            _next = (byte*)NativeMemory.Alloc(BlockBytes);
            _blocks.Add((nint)_next);
            _left = BlockBytes;
        }

        var taken = new Span<byte>(_next, length);
        _next += length;
        _left -= length;
        return taken;
    }
}
