using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Leat.Core;

namespace Leat.Ingest.Kernels;

/// <summary>
/// Takes a JSON object apart into text columns, without allocation: a string's value, a number's digits as they came, nested values as their JSON text.
/// A member that comes twice counts with its last value. Not thread-safe.
/// </summary>
/// <param name="fields">Members that have a column, in the order of the columns.</param>
/// <param name="keepRest">One more column holds the other members as a JSON object; NULL when there are none.</param>
internal sealed class JsonColumns(ImmutableArray<string> fields, bool keepRest)
{
    private readonly byte[][] _names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f))];
    private readonly Slot[] _slots = new Slot[fields.Length];
    private readonly ArrayBufferWriter<byte> _unescaped = new(1024);
    private readonly ArrayBufferWriter<byte> _rest = new(1024);

    private enum Source : byte
    {
        Missing,
        Input,
        Unescaped,
    }

    /// <summary>Columns written by <see cref="Append"/>.</summary>
    public int ColumnCount => _names.Length + (keepRest ? 1 : 0);

    /// <summary>Reads the object and remembers where its values are; nothing is appended yet.</summary>
    /// <returns>Null, or what is wrong with the record.</returns>
    public string? Read(ReadOnlySpan<byte> json)
    {
        Array.Clear(_slots);
        _unescaped.ResetWrittenCount();
        _rest.ResetWrittenCount();
        if (!Utf8.IsValid(json)) return "it is not UTF-8";
        try
        {
            return ReadObject(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    /// <summary>Appends the values that <see cref="Read"/> found to the first <see cref="ColumnCount"/> columns.</summary>
    /// <param name="json">The same bytes.</param>
    /// <param name="builder">Its first columns are text.</param>
    public void Append(ReadOnlySpan<byte> json, BatchBuilder builder)
    {
        var unescaped = _unescaped.WrittenSpan;
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[i];
            if (slot.Source == Source.Missing) builder[i].AppendNull();
            else builder[i].AppendText((slot.Source == Source.Input ? json : unescaped).Slice(slot.Start, slot.Length));
        }
        if (!keepRest) return;
        if (_rest.WrittenCount == 0) builder[_slots.Length].AppendNull();
        else builder[_slots.Length].AppendText(_rest.WrittenSpan);
    }

    private string? ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "it is not an object";
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(ref reader, expected);
            var nameStart = (int)reader.TokenStartIndex;
            reader.Read();
            if (field >= 0)
            {
                _slots[field] = Value(ref reader);
                expected = field + 1;
            }
            else
            {
                reader.Skip();
                if (keepRest) AddRest(json[nameStart..(int)reader.BytesConsumed]);
            }
        }
        if (keepRest && _rest.WrittenCount > 0) _rest.Write("}"u8);
        return reader.Read() ? "something follows the object" : null;
    }

    /// <summary>Members mostly come in the order of the columns, so the next one is tried first.</summary>
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        if (expected < _names.Length && reader.ValueTextEquals(_names[expected])) return expected;
        for (var i = 0; i < _names.Length; i++)
            if (reader.ValueTextEquals(_names[i])) return i;
        return -1;
    }

    private Slot Value(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String when reader.ValueIsEscaped:
                var at = _unescaped.WrittenCount;
                _unescaped.Advance(reader.CopyString(_unescaped.GetSpan(reader.ValueSpan.Length)));
                return new Slot(Source.Unescaped, at, _unescaped.WrittenCount - at);
            case JsonTokenType.String:
                return new Slot(Source.Input, start + 1, reader.ValueSpan.Length);
            default:
                reader.Skip();
                return new Slot(Source.Input, start, (int)reader.BytesConsumed - start);
        }
    }

    private void AddRest(ReadOnlySpan<byte> member)
    {
        _rest.Write(_rest.WrittenCount == 0 ? "{"u8 : ","u8);
        _rest.Write(member);
    }

    private readonly record struct Slot(Source Source, int Start, int Length);
}
