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
    private readonly (ShortWord Word, TEnum Value)[] _short = new (ShortWord, TEnum)[Places];
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
    internal unsafe bool TryFind(byte* start, int length, out TEnum value)
    {
        var word = ShortWord.Of(start, length);
        ref var first = ref _short[word.Hash & (Places - 1)];
        value = first.Value;
        return (first.Word.IsSame(word) && length is > 0 and <= ShortWord.MostBytes) || TryFindFar(new Text(start, length), word, out value);
    }

    internal static TEnum FromNumber(long number)
    {
        var value = default(TEnum);
        var size = Unsafe.SizeOf<TEnum>();
        MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number))[..size].CopyTo(MemoryMarshal.AsBytes(new Span<TEnum>(ref value)));
        return value;
    }

    private bool TryFindFar(Text text, ShortWord word, out TEnum value)
    {
        if (text.Length > ShortWord.MostBytes) return _long.TryGetValue(text, out value) || TryLearn(text, word, out value);
        for (var place = word.Hash & (Places - 1); _short[place].Word.Length > 0; place = (place + 1) % Places)
        {
            value = _short[place].Value;
            if (_short[place].Word.IsSame(word)) return true;
        }

        return TryLearn(text, word, out value);
    }

    private bool TryLearn(Text text, ShortWord word, out TEnum value)
    {
        if (!_names.TryGetValue(Plain(text.ToString()), out value)) return false;
        if (text.IsEmpty || _spellings++ >= MaxSpellings) return true;
        if (text.Length > ShortWord.MostBytes)
        {
            _long.Add(_arena.Copy(text), value);
            return true;
        }

        var place = word.Hash & (Places - 1);
        while (_short[place].Word.Length > 0) place = (place + 1) % Places;
        _short[place] = (word, value);
        return true;
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
            if (letter is not ('-' or '_' or ' ')) plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}
