using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Leat.Core;
using Leat.Streams.Kernels;

namespace Leat.Streams.Decoding;

/// <summary>Enum values by their names, in any case and with '-', '_' or blanks between words. Spellings seen are kept, so that a known one costs a comparison of bytes. One thread.</summary>
internal sealed class EnumNames<TEnum> : IDisposable
    where TEnum : struct, Enum
{
    private const int MaxSpellings = 256;
    private readonly Dictionary<Text, TEnum> _spellings = [];
    private readonly Dictionary<string, TEnum> _names = [];
    private readonly TextArena _arena = new();
    private Text _last;
    private TEnum _lastValue;

    public EnumNames()
    {
        foreach (var value in Enum.GetValues<TEnum>()) _names.TryAdd(Plain(value.ToString()), value);
        _last = Text.Inline("\0"u8);
    }

    public bool TryFind(Text text, out TEnum value)
    {
        if (text == _last)
        {
            value = _lastValue;
            return true;
        }

        if (!_spellings.TryGetValue(text, out value) && !TryLearn(text, out value)) return false;
        if (text.Length <= Text.InlineLength) (_last, _lastValue) = (text, value);
        return true;
    }

    public static TEnum FromNumber(long number)
    {
        var value = default(TEnum);
        var size = Unsafe.SizeOf<TEnum>();
        MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number))[..size].CopyTo(MemoryMarshal.AsBytes(new Span<TEnum>(ref value)));
        return value;
    }

    public void Dispose() => _arena.Dispose();

    private bool TryLearn(Text text, out TEnum value)
    {
        if (!_names.TryGetValue(Plain(text.ToString()), out value)) return false;
        if (_spellings.Count < MaxSpellings) _spellings.Add(_arena.Copy(text), value);
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
