using System.Text;

namespace Leat.Streams.Tests;

/// <summary>Records of <see cref="WideEvent"/> as topics have them: mostly of a few layouts, some with other values, spaces, orders, escapes or damage. Seeded.</summary>
internal sealed class RandomRecords(int seed)
{
    private const string Damage = "\"\\{}[]:,0-ntf \n\t\u0001a";
    private static readonly string[] Names = ["name", "note", "flag", "small", "big", "ratio", "amount", "at", "seen", "day", "id", "colour", "count", "x-extra", "other", "page"];
    private static readonly string[] Odd = ["null", "1", "\"1\"", "-7", "1.5e3", "01", "\"\"", "true", "\"pink\"", "\"a\\\"b\"", "\"\\ud83d\\ude00 é\"", "\"\\x\"", "{\"a\": [1, \"}\"]}", "[1,2]", "nul", "99999999999999999999", "\"no end"];
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var json = new StringBuilder();
        var (between, colon) = Pick([(", ", ": "), (",", ":"), (" , ", " :\t")]);
        var start = _random.Next(3) * 5;
        var count = _random.Next(8) == 0 ? _random.Next(Names.Length + 1) : Names.Length;
        for (var i = 0; i < count; i++)
        {
            var name = Names[(start + i) % Names.Length];
            json.Append(i == 0 ? "{" : between).Append('"').Append(name).Append('"').Append(colon).Append(_random.Next(60) == 0 ? Pick(Odd) : Value(name));
            if (_random.Next(100) == 0) json.Append(between).Append("\"name\"").Append(colon).Append("\"twice\"");
        }

        if (count == 0) json.Append('{');
        json.Append('}').Append(Pick(["", "", " ", "\n"]));
        return Damaged(Encoding.UTF8.GetBytes(json.ToString()));
    }

    private string Value(string name) => name switch
    {
        "name" => $"\"{Pick(["", "ab", "eleven char", "thirteen char", new string('n', _random.Next(200)), "zürich"])}\"",
        "note" => Pick(["null", "\"a note\"", "\"\""]),
        "flag" => Pick(["true", "false"]),
        "small" => Pick(["-12", "\"12345678\"", "7"]),
        "big" => Pick(["null", "1767225600123", "9223372036854775807"]),
        "ratio" => Pick(["1.5e3", "0.25", "\"12\""]),
        "amount" => Pick(["12.340", "null"]),
        "at" => "\"2026-02-28T23:59:59.123+02:00\"",
        "seen" => Pick(["\"1767225600123\"", "1767225600123"]),
        "day" => "\"2024-02-29\"",
        "id" => "\"0f8fad5b-d9cb-469f-a165-70867728950e\"",
        "colour" => Pick(["\"dark-blue\"", "\"red\"", "\"DarkBlue\"", "\"d a r k _ b l u e - \"", "1"]),
        "count" => Pick(["3", "null"]),
        "x-extra" => "18446744073709551615",
        _ => Pick(["\"1.2.3.4\"", "\"0f8fad5b-d9cb-469f-a165-70867728950e\""]),
    };

    private byte[] Damaged(byte[] record)
    {
        if (record.Length == 0 || _random.Next(6) > 0) return record;
        var at = _random.Next(record.Length);
        switch (_random.Next(4))
        {
            case 0: return record[..at];
            case 1: return [.. record[..at], .. record[(at + 1)..]];
            case 2: return [.. record[..at], (byte)Pick(Damage.ToCharArray()), .. record[at..]];
            default:
                record[at] = _random.Next(2) == 0 ? (byte)Pick(Damage.ToCharArray()) : (byte)_random.Next(256);
                return record;
        }
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
