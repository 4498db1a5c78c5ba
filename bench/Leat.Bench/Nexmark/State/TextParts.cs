using System.Runtime.CompilerServices;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Views of parts of a text, without a copy.</summary>
internal static unsafe class TextParts
{
    /// <summary>A part that lives as long as <paramref name="text"/>'s bytes.</summary>
    public static Text Slice(in Text text, int start, int length)
    {
        fixed (byte* bytes = text.Bytes)
        {
            var part = bytes + start;
            return length <= Text.InlineLength && start + Text.InlineLength <= text.Length ? Inline(part, length) : new Text(part, length);
        }
    }

    /// <summary>A short text from 12 readable bytes: two reads, and what is behind its length is masked out.</summary>
    private static Text Inline(byte* bytes, int length)
    {
        var (first, rest) = (Unsafe.ReadUnaligned<uint>(bytes), Unsafe.ReadUnaligned<ulong>(bytes + 4));
        if (length < 4) first &= (1u << (length * 8)) - 1;
        rest = length <= 4 ? 0 : rest & (ulong.MaxValue >> ((Text.InlineLength - length) * 8));
        var parts = ((ulong)(uint)length | ((ulong)first << 32), rest);
        return Unsafe.As<(ulong, ulong), Text>(ref parts);
    }

    /// <summary>Three parts in a row of a text split at '/', from <paramref name="index"/> (from 0); empty where there are fewer.</summary>
    public static (Text First, Text Second, Text Third) Three(in Text text, int index)
    {
        var start = 0;
        for (; index > 0; index--) Next(text, ref start);
        return (Next(text, ref start), Next(text, ref start), Next(text, ref start));
    }

    /// <summary>The part from <paramref name="start"/> to the next '/', behind which it puts the start; the start is past the end when there are no more.</summary>
    private static Text Next(in Text text, ref int start)
    {
        var bytes = text.Bytes;
        if (start > bytes.Length) return default;
        var length = bytes[start..].IndexOf((byte)'/');
        if (length < 0) length = bytes.Length - start;
        var part = Slice(text, start, length);
        start += length + 1;
        return part;
    }
}
