using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Core;

namespace Leat.Quality;

/// <summary>Timestamps, dates and times of day: ISO 8601 (also with a blank for the T), milliseconds since 1970, or a declared format.</summary>
internal sealed class InstantCheck : ScalarCheck
{
    private const long LatestMilliseconds = 253_402_300_799_999;
    private const long EarliestMilliseconds = -62_135_596_800_000;
    private const int LongestText = 64;
    private readonly bool _hasDate;
    private readonly bool _hasTime;
    private readonly string? _format;

    /// <exception cref="LeatException">LEAT1310 the format is not one of .NET's.</exception>
    public InstantCheck(ContractFieldDefinition field, string declaredAt)
        : base(field)
    {
        _hasDate = field.Type.Kind is not (TypeKind.Time or TypeKind.TimeTz or TypeKind.TimeNs);
        _hasTime = field.Type.Kind is not TypeKind.Date;
        _format = field.Format;
        if (_format is not null) Verify(field, declaredAt);
    }

    public override string Allowed => _format is not null
        ? $"a text in the format {_format}"
        : (_hasDate, _hasTime) switch
        {
            (true, true) => "yyyy-MM-dd HH:mm:ss, ISO 8601 or milliseconds since 1970",
            (true, false) => "yyyy-MM-dd",
            _ => "HH:mm:ss",
        };

    protected override FieldFault Check(JsonTokenType token, ReadOnlySpan<byte> text)
    {
        if (token is JsonTokenType.Number) return _format is null && IsEpoch(text) ? FieldFault.None : FieldFault.WrongType;
        if (token is not JsonTokenType.String) return FieldFault.WrongType;
        return (_format is null ? IsIso(text) : IsFormatted(text)) ? FieldFault.None : FieldFault.WrongType;
    }

    private bool IsEpoch(ReadOnlySpan<byte> digits) =>
        _hasDate && _hasTime && Utf8Parser.TryParse(digits, out long milliseconds, out var used) && used == digits.Length && milliseconds is >= EarliestMilliseconds and <= LatestMilliseconds;

    private bool IsFormatted(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > LongestText) return false;
        Span<char> chars = stackalloc char[LongestText];
        return DateTime.TryParseExact(chars[..Encoding.UTF8.GetChars(text, chars)], _format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _);
    }

    private bool IsIso(ReadOnlySpan<byte> text)
    {
        if (!_hasDate) return IsoText.TrySkipTime(ref text) && text.IsEmpty;
        if (!IsoText.TrySkipDate(ref text)) return false;
        if (text.IsEmpty) return true;
        if (!_hasTime || text[0] is not ((byte)'T' or (byte)' ' or (byte)'t')) return false;
        text = text[1..];
        return IsoText.TrySkipTime(ref text) && IsoText.TrySkipOffset(ref text) && text.IsEmpty;
    }

    private static void Verify(ContractFieldDefinition field, string declaredAt)
    {
        try
        {
            _ = DateTime.UnixEpoch.ToString(field.Format, CultureInfo.InvariantCulture);
        }
        catch (FormatException cause)
        {
            throw new LeatException("LEAT1310", $"the format '{field.Format}' of '{field.Name}' is not a date format", declaredAt, "write one such as yyyy-MM-dd HH:mm:ss", cause: cause);
        }
    }
}
