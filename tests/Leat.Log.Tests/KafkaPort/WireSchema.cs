using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Leat.Log.Tests;

/// <summary>A second, slow reading of the protocol, driven by schemas as text: <c>name:type</c>, <c>type?</c> = nullable, <c>@from-to</c> = versions, <c>name[ ... ]</c> = array. Values are dictionaries and lists.</summary>
internal sealed partial class WireSchema
{
    private readonly List<Field> _fields;

    private WireSchema(List<Field> fields) => _fields = fields;

    public static WireSchema Parse(string text)
    {
        var tokens = new Queue<string>(Tokens().Matches(text).Select(m => m.Value));
        return new WireSchema(ParseFields(tokens));
    }

    public byte[] Write(int version, bool flexible, Dictionary<string, object?> value)
    {
        var to = new MemoryStream();
        WriteFields(to, _fields, version, flexible, value);
        return to.ToArray();
    }

    /// <summary>Reads a value; <paramref name="left"/> = bytes after it.</summary>
    public Dictionary<string, object?> Read(int version, bool flexible, ReadOnlySpan<byte> bytes, out int left)
    {
        var at = bytes;
        var value = ReadFields(ref at, _fields, version, flexible);
        left = at.Length;
        return value;
    }

    public Dictionary<string, object?> Random(int version, Random random) => RandomFields(_fields, version, random);

    /// <summary>A value as text: fields in order, arrays in brackets.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        Dictionary<string, object?> fields => "{" + string.Join(" ", fields.Select(f => $"{f.Key}={Text(f.Value)}")) + "}",
        byte[] bytes => Convert.ToHexString(bytes),
        List<object?> items => "[" + string.Join(" ", items.Select(Text)) + "]",
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static List<Field> ParseFields(Queue<string> tokens)
    {
        var fields = new List<Field>();
        while (tokens.TryPeek(out var token) && token != "]")
        {
            tokens.Dequeue();
            var match = Parts().Match(token);
            var (from, to) = (match.Groups["from"].Success ? int.Parse(match.Groups["from"].Value) : 0, match.Groups["to"].Success ? int.Parse(match.Groups["to"].Value) : int.MaxValue);
            if (match.Groups["from"].Success && !token.Contains('+') && !match.Groups["to"].Success) to = from;
            List<Field>? inner = null;
            if (tokens.TryPeek(out var next) && next == "[")
            {
                tokens.Dequeue();
                inner = ParseFields(tokens);
                Assert.Equal("]", tokens.Dequeue());
            }
            fields.Add(new Field(match.Groups["name"].Value, match.Groups["type"].Value, token.Contains('?'), from, to, inner));
        }
        return fields;
    }

    private static void WriteFields(MemoryStream to, List<Field> fields, int version, bool flexible, Dictionary<string, object?> value)
    {
        foreach (var field in fields.Where(f => f.Holds(version)))
        {
            var given = value[field.Name];
            if (field.Inner is null)
            {
                WriteScalar(to, field.Type, flexible, given);
                continue;
            }
            var items = (List<object?>?)given;
            WriteLength(to, flexible, 4, items?.Count ?? -1);
            foreach (var item in items ?? [])
            {
                if (item is Dictionary<string, object?> structure) WriteFields(to, field.Inner, version, flexible, structure);
                else WriteScalar(to, field.Inner[0].Type, flexible, item);
            }
        }
        if (flexible) to.WriteByte(0);
    }

    private static void WriteScalar(MemoryStream to, string type, bool flexible, object? value)
    {
        Span<byte> room = stackalloc byte[8];
        switch (type)
        {
            case "bool": to.WriteByte((bool)value! ? (byte)1 : (byte)0); break;
            case "int8": to.WriteByte((byte)Convert.ToSByte(value)); break;
            case "int16": BinaryPrimitives.WriteInt16BigEndian(room, Convert.ToInt16(value)); to.Write(room[..2]); break;
            case "int32": BinaryPrimitives.WriteInt32BigEndian(room, Convert.ToInt32(value)); to.Write(room[..4]); break;
            case "int64": BinaryPrimitives.WriteInt64BigEndian(room, Convert.ToInt64(value)); to.Write(room); break;
            case "uuid": to.Write(((Guid)value!).ToByteArray(bigEndian: true)); break;
            case "string":
                var text = value is null ? null : Encoding.UTF8.GetBytes((string)value);
                WriteLength(to, flexible, 2, text?.Length ?? -1);
                to.Write(text);
                break;
            case "bytes":
                var bytes = (byte[]?)value;
                WriteLength(to, flexible, 4, bytes?.Length ?? -1);
                to.Write(bytes);
                break;
            default: throw new ArgumentException(type);
        }
    }

    private static void WriteLength(MemoryStream to, bool flexible, int classicBytes, int length)
    {
        if (!flexible)
        {
            WriteScalar(to, classicBytes == 2 ? "int16" : "int32", false, length);
            return;
        }
        var rest = (uint)(length + 1);
        for (; rest >= 128; rest /= 128) to.WriteByte((byte)((rest % 128) + 128));
        to.WriteByte((byte)rest);
    }

    private static Dictionary<string, object?> ReadFields(ref ReadOnlySpan<byte> at, List<Field> fields, int version, bool flexible)
    {
        var value = new Dictionary<string, object?>();
        foreach (var field in fields.Where(f => f.Holds(version)))
        {
            if (field.Inner is null)
            {
                value[field.Name] = ReadScalar(ref at, field.Type, flexible);
                continue;
            }
            var count = ReadLength(ref at, flexible, 4);
            var items = count < 0 ? null : new List<object?>();
            for (var i = 0; i < count; i++)
            {
                items!.Add(field.Inner is [{ Name: "" } scalar] ? ReadScalar(ref at, scalar.Type, flexible) : ReadFields(ref at, field.Inner, version, flexible));
            }
            value[field.Name] = items;
        }
        if (!flexible) return value;
        Assert.Equal(0, at[0]);
        at = at[1..];
        return value;
    }

    private static object? ReadScalar(ref ReadOnlySpan<byte> at, string type, bool flexible)
    {
        if (type is "string" or "bytes")
        {
            var length = ReadLength(ref at, flexible, type == "string" ? 2 : 4);
            if (length < 0) return null;
            var taken = at[..length];
            at = at[length..];
            return type == "string" ? Encoding.UTF8.GetString(taken) : taken.ToArray();
        }
        var bytes = at;
        var (value, size) = type switch
        {
            "bool" => ((object)(bytes[0] != 0), 1),
            "int8" => ((sbyte)bytes[0], 1),
            "int16" => (BinaryPrimitives.ReadInt16BigEndian(bytes), 2),
            "int32" => (BinaryPrimitives.ReadInt32BigEndian(bytes), 4),
            "int64" => (BinaryPrimitives.ReadInt64BigEndian(bytes), 8),
            "uuid" => (new Guid(bytes[..16], bigEndian: true), 16),
            _ => throw new ArgumentException(type),
        };
        at = at[size..];
        return value;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> at, bool flexible, int classicBytes)
    {
        if (!flexible) return Convert.ToInt32(ReadScalar(ref at, classicBytes == 2 ? "int16" : "int32", false));
        var (value, factor) = (0L, 1L);
        while (true)
        {
            var next = at[0];
            at = at[1..];
            value += next % 128 * factor;
            if (next < 128) return (int)value - 1;
            factor *= 128;
        }
    }

    private static Dictionary<string, object?> RandomFields(List<Field> fields, int version, Random random)
    {
        var value = new Dictionary<string, object?>();
        foreach (var field in fields.Where(f => f.Holds(version)))
        {
            if (field.Nullable && random.Next(4) == 0) value[field.Name] = null;
            else if (field.Inner is null) value[field.Name] = RandomScalar(field.Type, random);
            else value[field.Name] = Enumerable.Range(0, random.Next(4)).Select(_ => field.Inner is [{ Name: "" } scalar] ? RandomScalar(scalar.Type, random) : RandomFields(field.Inner, version, random)).ToList();
        }
        return value;
    }

    private static object RandomScalar(string type, Random random) => type switch
    {
        "bool" => random.Next(2) == 0,
        "int8" => (sbyte)random.Next(-128, 128),
        "int16" => (short)random.Next(-32768, 32768),
        "int32" => random.Next(int.MinValue, int.MaxValue),
        "int64" => random.NextInt64(long.MinValue, long.MaxValue),
        "uuid" => Guid.Parse($"{random.Next():x8}-0000-4000-8000-{random.NextInt64(1L << 48):x12}"),
        "string" => new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next('a', 'ÿ'))]),
        "bytes" => RandomBytes(random),
        _ => throw new ArgumentException(type),
    };

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    [GeneratedRegex(@"\[|\]|[^\s\[\]]+")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"^(?<name>\w*)(:(?<type>\w+))?\??(@(?<from>\d+)(-(?<to>\d+)|\+)?)?$")]
    private static partial Regex Parts();

    private sealed record Field(string Name, string Type, bool Nullable, int From, int To, List<Field>? Inner)
    {
        public bool Holds(int version) => version >= From && version <= To;
    }
}
