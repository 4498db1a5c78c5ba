using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Storefront.Replay;

/// <summary>Writes invoice lines as NDJSON events. A number keeps its digits as they stand in the file; what is no number is sent as text for the contract to judge.</summary>
internal sealed class EventWriter : IDisposable
{
    private const string NumberMembers = "quantity unit_price";
    private readonly ArrayBufferWriter<byte> _body = new(512 * 1024);
    private readonly Utf8JsonWriter _json;

    public EventWriter() => _json = new Utf8JsonWriter(_body, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Events in the body.</summary>
    public int Count { get; private set; }

    /// <summary>The body so far.</summary>
    public byte[] ToBody() => _body.WrittenSpan.ToArray();

    public void Clear()
    {
        _body.ResetWrittenCount();
        Count = 0;
    }

    public void Add(RetailLine line)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("event_id", $"{line.File.Name}:{line.LineNumber}");
        for (var i = 0; i < RetailColumns.Names.Length; i++) WriteMember(RetailColumns.Names[i].Member, line.Columns.Value(line.Row, i));
        if (line.Row.Length > line.Columns.Width) _json.WriteString("extra_columns", string.Join(',', line.Row[line.Columns.Width..]));
        _json.WriteEndObject();
        _json.Flush();
        _body.Write("\n"u8);
        Count++;
    }

    private void WriteMember(string member, string? value)
    {
        if (value is null) _json.WriteNull(member);
        else if (NumberMembers.Contains(member, StringComparison.Ordinal) && IsJsonNumber(value))
        {
            _json.WritePropertyName(member);
            _json.WriteRawValue(value, skipInputValidation: true);
        }
        else _json.WriteString(member, value);
    }

    /// <summary>Plain JSON decimal notation: no plus sign, no leading zeros, no exponent, digits on both sides of a point.</summary>
    private static bool IsJsonNumber(string value)
    {
        var digits = value.AsSpan(value[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "0" : digits[(point + 1)..];
        return whole.Length > 0 && fraction.Length > 0 && whole.Length + fraction.Length <= 28 && (whole.Length == 1 || whole[0] != '0')
            && !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9');
    }

    public void Dispose() => _json.Dispose();
}
