using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace Leat.Core;

public sealed unsafe partial class VectorBuilder
{
    private const int StackBytes = 512;
    private readonly FrozenDictionary<string, int>? _labels;

    /// <summary>UTF-8 text, copied; into an ENUM column its label. LEAT1081 when it is not UTF-8.</summary>
    public void AppendText(ReadOnlySpan<byte> utf8)
    {
        if (_kind != TypeKind.Text)
        {
            AppendLabel(Encoding.UTF8.GetString(utf8));
            return;
        }

        if (!Utf8.IsValid(utf8)) throw BatchErrors.NotUtf8(_field, utf8.Length);
        PutView(utf8);
    }

    /// <inheritdoc cref="AppendText(ReadOnlySpan{byte})"/>
    public void AppendText(Text text) => AppendText(text.Bytes);

    /// <summary>Text, or NULL; into an ENUM column its label; into a BIT column its digits 0 and 1.</summary>
    public void AppendText(string? text)
    {
        if (text is null)
        {
            AppendNull();
            return;
        }

        if (_kind != TypeKind.Text)
        {
            AppendLabel(text);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        PutView(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>Bytes, copied, of a BLOB column.</summary>
    public void AppendBlob(ReadOnlySpan<byte> bytes)
    {
        if (_kind != TypeKind.Blob) throw BatchErrors.DoesNotFit($"{bytes.Length} bytes", _field);
        PutView(bytes);
    }

    /// <summary>An integer of any size, into a BIGNUM column or where it fits.</summary>
    public void AppendBigNum(BigInteger value)
    {
        if (_kind == TypeKind.BigNum) PutView(StoredBits.FromInteger(value));
        else if (value >= (BigInteger)Int128.MinValue && value <= (BigInteger)Int128.MaxValue) AppendInteger((Int128)value);
        else if (value.Sign > 0 && value <= (BigInteger)UInt128.MaxValue) Append((UInt128)value);
        else throw BatchErrors.DoesNotFit(value, _field);
    }

    /// <summary>Bytes in the stored form of a view type, unchecked.</summary>
    internal void PutView(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Text.InlineLength)
        {
            Put(Text.Inline(bytes));
            return;
        }

        var kept = _arena.Take(bytes.Length);
        bytes.CopyTo(new Span<byte>(kept, bytes.Length));
        Put(new Text(kept, bytes.Length));
    }

    private void AppendLabel(string text)
    {
        if (_kind == TypeKind.Bit && text.Length > 0 && text.AsSpan().IndexOfAnyExcept('0', '1') < 0) PutView(StoredBits.FromDigits(text));
        else if (_labels is not null && _labels.TryGetValue(text, out var index)) PutInteger(index);
        else throw BatchErrors.DoesNotFit(text, _field);
    }

    private static FrozenDictionary<string, int> MakeLabels(ImmutableArray<string> labels) =>
        labels.Select((label, index) => KeyValuePair.Create(label, index)).ToFrozenDictionary(StringComparer.Ordinal);
}
