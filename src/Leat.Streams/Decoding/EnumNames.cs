using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Decoding;

/// <summary>Enum values by their names, in any case and with '-', '_' or blanks between words. Spellings seen are kept, so that a known one costs a comparison of bytes. One thread.</summary>
public sealed class EnumNames<TEnum> : IDisposable
    where TEnum : struct, Enum
{
    private const int MaxSpellings = 256;
    private const int Places = MaxSpellings * 2;
    private readonly (Text Spelling, TEnum Value)[] _short = new (Text, TEnum)[Places];
    private readonly Dictionary<Text, TEnum> _long = [];
    private readonly Dictionary<string, TEnum> _names = [];
    private readonly TextArena _arena = new();
    private int _spellings;

    /// <summary>Knows the names that the enum declares; where two have one value, either.</summary>
    public EnumNames()
    {
        foreach (var value in Enum.GetValues<TEnum>()) _names.TryAdd(Plain(value.ToString()), value);
    }

    /// <summary>Frees the spellings.</summary>
    public void Dispose() => _arena.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryFind(Text text, out TEnum value)
    {
        ref var first = ref _short[PlaceOf(text)];
        value = first.Value;
        return (Bits(first.Spelling) == Bits(text) && text.Length is > 0 and <= Text.InlineLength) || TryFindFar(text, out value);
    }

    internal static TEnum FromNumber(long number)
    {
        var value = default(TEnum);
        var size = Unsafe.SizeOf<TEnum>();
        MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number))[..size].CopyTo(MemoryMarshal.AsBytes(new Span<TEnum>(ref value)));
        return value;
    }

    private bool TryFindFar(Text text, out TEnum value)
    {
        if (text.Length > Text.InlineLength) return _long.TryGetValue(text, out value) || TryLearn(text, out value);
        for (var place = PlaceOf(text); !_short[place].Spelling.IsEmpty; place = (place + 1) % Places)
        {
            value = _short[place].Value;
            if (_short[place].Spelling == text) return true;
        }

        return TryLearn(text, out value);
    }

    private bool TryLearn(Text text, out TEnum value)
    {
        if (!_names.TryGetValue(Plain(text.ToString()), out value)) return false;
        if (text.IsEmpty || _spellings++ >= MaxSpellings) return true;
        if (text.Length > Text.InlineLength)
        {
            _long.Add(_arena.Copy(text), value);
            return true;
        }

        var place = PlaceOf(text);
        while (!_short[place].Spelling.IsEmpty) place = (place + 1) % Places;
        _short[place] = (text, value);
        return true;
    }

    /// <summary>Length and bytes of a short text.</summary>
    private static UInt128 Bits(Text text) => Unsafe.BitCast<Text, UInt128>(text);

    private static int PlaceOf(Text text)
    {
        var bits = Bits(text);
        return (int)(((ulong)bits ^ BitOperations.RotateLeft((ulong)(bits >> 64), 23)) * 0x9E3779B97F4A7C15UL >> 55);
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
            if (letter is not ('-' or '_' or ' ')) plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}
