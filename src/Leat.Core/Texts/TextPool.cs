using System.Runtime.InteropServices;

namespace Leat.Core;

/// <summary>Keeps one copy of each distinct text in native memory, so that keys outlive the record they came from. Not thread-safe but for <see cref="Literals"/>.</summary>
public sealed unsafe class TextPool : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private readonly Dictionary<Text, Text> _known = [];
    private readonly List<nint> _blocks = [];
    private readonly Lock? _gate;
    private byte* _next;
    private int _left;

    public TextPool()
    {
    }

    private TextPool(Lock gate) => _gate = gate;

    internal static TextPool Literals { get; } = new(new Lock());

    /// <summary>Distinct texts held.</summary>
    public int Count => _known.Count;

    /// <summary>Native memory held, in bytes.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The pool's own view of the same text, valid until the pool is disposed.</summary>
    public Text Intern(Text text)
    {
        if (text.Length <= Text.InlineLength) return text;
        if (_gate is null) return Find(text);
        lock (_gate) return Find(text);
    }

    internal Text Intern(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* p = utf8) return Intern(new Text(p, utf8.Length));
    }

    private Text Find(Text text)
    {
        if (_known.TryGetValue(text, out var kept)) return kept;
        var target = Take(text.Length);
        text.Bytes.CopyTo(new Span<byte>(target, text.Length));
        kept = new Text(target, text.Length);
        _known.Add(kept, kept);
        return kept;
    }

    private byte* Take(int length)
    {
        if (length > _left)
        {
            var size = Math.Max(BlockBytes, length);
            _next = (byte*)NativeMemory.Alloc((nuint)size);
            _blocks.Add((nint)_next);
            _left = size;
            SizeBytes += size;
        }
        var taken = _next;
        _next += length;
        _left -= length;
        return taken;
    }

    public void Dispose()
    {
        _known.Clear();
        foreach (var block in _blocks) NativeMemory.Free((void*)block);
        _blocks.Clear();
        _left = 0;
        SizeBytes = 0;
    }
}
